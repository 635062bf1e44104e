"""Names of concepts and activities in the reader's language."""

from django.utils.translation import pgettext


def topic(name: str) -> str:
    """A concept's or an activity's name. What a town has made itself stands as it was written.

    The shipped names are brought into the catalogues by `make messages`.
    """
    return pgettext("topic", name)
