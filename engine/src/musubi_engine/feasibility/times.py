"""When a listing is possible, in words: days, dates and hours as the listing gives them."""

from musubi_engine.telling import Value, say, together, window
from musubi_engine.types import Window

_MOST = 2


def windows_words(windows: tuple[Window, ...]) -> Value:
    """The first windows in full and how many more there are: 「土曜の9時から12時（2027年3月6日から）」."""
    words = together(window(each) for each in windows[:_MOST])
    if len(windows) > _MOST:
        return say("%(windows)sなど%(number)s通り", windows=words, number=len(windows))
    return words
