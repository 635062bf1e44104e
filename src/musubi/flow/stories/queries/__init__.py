"""The only door to stories, their pictures, consents and echoes."""

from .around import (
    NeededLine,
    echo_of_need,
    examples_before,
    needed_lines,
    needs_after,
    stories_after,
    update_pictures_of,
)
from .consents import (
    awaited_consents_for,
    consents_for,
    consents_of,
    current_partners,
    missing_consents,
    office_unpublished_for,
    office_withdrawals_for,
    somebody_refuses,
)
from .finding import find_published, published_with_teams, years_published
from .shown import Companion, companions_of, figures_of, shown_now, teams_of
from .stories import (
    own_stories_for,
    pictures_for,
    pictures_shown_of,
    published_stories,
    stories_for,
    story_of_project,
    team_stories_for,
)
from .turns import turns_of_story

__all__ = [
    "Companion",
    "NeededLine",
    "awaited_consents_for",
    "companions_of",
    "consents_for",
    "consents_of",
    "current_partners",
    "echo_of_need",
    "examples_before",
    "figures_of",
    "find_published",
    "missing_consents",
    "needed_lines",
    "needs_after",
    "office_unpublished_for",
    "office_withdrawals_for",
    "own_stories_for",
    "pictures_for",
    "pictures_shown_of",
    "published_stories",
    "published_with_teams",
    "shown_now",
    "somebody_refuses",
    "stories_after",
    "stories_for",
    "story_of_project",
    "team_stories_for",
    "teams_of",
    "turns_of_story",
    "update_pictures_of",
    "years_published",
]
