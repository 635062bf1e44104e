"""Paper: what is printed, set by typst from values, never from pasted markup.

`sheets/` holds the layouts and their shared parts; the words come from gettext as on the screen.
"""

from .answers import pdf_answer

__all__ = ["pdf_answer"]
