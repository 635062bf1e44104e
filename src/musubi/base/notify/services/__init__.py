"""Telling people, and getting the mail out."""

from .delivering import MAX_ATTEMPTS, Outcome, deliver, release_abandoned, retry_failed
from .telling import in_app_only, in_readers_language, mark_all_read, mark_read, set_preferences, tell

__all__ = [
    "MAX_ATTEMPTS",
    "Outcome",
    "deliver",
    "in_app_only",
    "in_readers_language",
    "mark_all_read",
    "mark_read",
    "release_abandoned",
    "retry_failed",
    "set_preferences",
    "tell",
]
