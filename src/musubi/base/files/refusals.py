"""How a file is refused: with the sentence for the person who sent it."""

from django.utils.translation import gettext as _

MEGABYTE = 1024 * 1024


class FileRefused(Exception):
    """The file is not taken; the message is the sentence for the person who sent it."""


def refuse_larger(content: bytes, limit: int) -> None:
    """FileRefused for more than so many bytes."""
    if len(content) > limit:
        raise FileRefused(
            _("ファイルが大きすぎます。%(limit)d MB までにしてください。") % {"limit": limit // MEGABYTE}
        )
