"""What the tables of knowledge say, in the reader's language.

The shipped names and texts are brought into the catalogues by `make messages`. What a town has written itself stands as
it was written.
"""

from django.utils.translation import pgettext


def topic(name: str) -> str:
    """The name of a concept or an activity."""
    return pgettext("topic", name)


def recipe_text(text: str) -> str:
    """What an activity's recipe says: what it takes, why, whom to ask."""
    return pgettext("recipe", text) if text else ""
