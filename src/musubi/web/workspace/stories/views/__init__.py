"""Writing a story, agreeing to it, publishing it, and beginning anew after it."""

from .consents import consent, consent_withdraw, story_ask
from .pictures import (
    story_picture_edit,
    story_picture_remove,
    story_picture_use,
    story_pictures,
)
from .publishing import story_publish, story_rewrite, story_unpublish
from .repeating import story_repeat
from .writing import stories, story_begin, story_edit, story_step

__all__ = [
    "consent",
    "consent_withdraw",
    "stories",
    "story_ask",
    "story_begin",
    "story_edit",
    "story_picture_edit",
    "story_picture_remove",
    "story_picture_use",
    "story_pictures",
    "story_publish",
    "story_repeat",
    "story_rewrite",
    "story_step",
    "story_unpublish",
]
