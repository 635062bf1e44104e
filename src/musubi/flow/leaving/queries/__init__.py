"""What is one's own, what becomes of it, and what has to be settled first."""

from .fates import FATES_OF_ACTOR, FATES_OF_PERSON, Fate
from .forecast import Forecast, Share, forecast_of_actor, forecast_of_person
from .hindrances import (
    Hindrance,
    actors_going_with,
    actors_left_by,
    hindrances_of_actor,
    hindrances_of_person,
)
from .of_actor import everything_of_actor
from .of_person import everything_of
from .own import (
    case_title_instead,
    is_tied,
    letters_of_person,
    listing_title_instead,
    lonely_issues_of,
    pictures_of_actor,
    shell_name,
    somebody,
    words_instead,
)
from .takeout import Takeout, as_columns, file_of

__all__ = [
    "FATES_OF_ACTOR",
    "FATES_OF_PERSON",
    "Fate",
    "Forecast",
    "Hindrance",
    "Share",
    "Takeout",
    "actors_going_with",
    "actors_left_by",
    "as_columns",
    "case_title_instead",
    "everything_of",
    "everything_of_actor",
    "file_of",
    "forecast_of_actor",
    "forecast_of_person",
    "hindrances_of_actor",
    "hindrances_of_person",
    "is_tied",
    "letters_of_person",
    "listing_title_instead",
    "lonely_issues_of",
    "pictures_of_actor",
    "shell_name",
    "somebody",
    "words_instead",
]
