"""Which actors have a page that everybody may open."""

from musubi.flow.actors.enums import ACTOR_SHOWN
from musubi.flow.actors.models import Actor


def has_page(actor: Actor | None) -> bool:
    """Whether a name may be a link: not of one known by name only, hidden, or never verified."""
    return actor is not None and actor.state in ACTOR_SHOWN and actor.hidden_at is None
