from .actor import Actor
from .credential import Credential
from .people import Invitation, Mandate, Membership, Registrant
from .tie import Tie

__all__ = ["Actor", "Credential", "Invitation", "Mandate", "Membership", "Registrant", "Tie"]
