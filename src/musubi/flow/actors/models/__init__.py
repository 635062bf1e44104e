from .actor import Actor
from .credential import Credential
from .people import Invitation, Mandate, Membership, Registrant

__all__ = ["Actor", "Credential", "Invitation", "Mandate", "Membership", "Registrant"]
