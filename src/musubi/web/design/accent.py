"""The installation's one accent: every shade of it computed, and refused when it could not be read.

Contrast is WCAG 2.2's ratio of relative luminances (1.4.3: text 4.5, 1.4.11: what acts 3). The grounds an accent
stands on are those of base.css and dark.css; a test holds the two together.
"""

import re
from dataclasses import dataclass

USUAL = "#115a36"
TEXT_RATIO = 4.5
WHITE, BLACK = "#ffffff", "#000000"
LIGHT_GROUNDS = (WHITE, "#fbf8f2", "#f2ecdf")
DARK_GROUNDS = ("#282521", "#1d1b18", "#151311")
HEX = re.compile(r"#[0-9a-fA-F]{6}")


class UnreadableAccent(ValueError):
    """The colour cannot carry text; the message says why and what to do."""


@dataclass(frozen=True)
class Shades:
    """The five colours that one look makes of an accent, each `#rrggbb`."""

    accent: str
    fill: str
    deep: str
    on: str
    soft: str


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 (black) to 1 (white)."""

    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """`colour` with `share` (0 to 1) of `other`, channel by channel."""
    parts = (
        round(int(colour[i : i + 2], 16) * (1 - share) + int(other[i : i + 2], 16) * share) for i in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02x}" for part in parts)


def shades_of(colour: str) -> tuple[Shades, Shades]:
    """The accent's shades in the light and in the dark look; `UnreadableAccent` where they could not be read."""
    if not HEX.fullmatch(colour):
        raise UnreadableAccent(
            f"色は「#115a36」のように、#と6けたの英数字で書いてください（いまの値: {colour}）。"
        )
    colour = colour.lower()
    soft = mix(WHITE, colour, 0.1)
    worst = min(contrast(colour, ground) for ground in (*LIGHT_GROUNDS, soft))
    if worst < TEXT_RATIO:
        raise UnreadableAccent(
            f"色 {colour} は、明るい背景との差が {worst:.1f}:1 しかなく、字が読みにくくなります。"
            f"{TEXT_RATIO}:1 以上になる、もっと濃い色にしてください。"
        )
    return Shades(colour, colour, mix(colour, BLACK, 0.25), WHITE, soft), _lifted(colour)


def _lifted(colour: str) -> Shades:
    """The same hue, light enough to be read on dark ground."""
    soft = mix(DARK_GROUNDS[0], colour, 0.35)
    for step in range(21):
        lifted = mix(colour, WHITE, step / 20)
        if min(contrast(lifted, ground) for ground in (*DARK_GROUNDS, soft)) >= TEXT_RATIO + 1.5:
            break
    return Shades(lifted, lifted, mix(lifted, WHITE, 0.4), mix(colour, BLACK, 0.7), soft)


def style_sheet(colour: str) -> str:
    """The tokens of both looks as CSS; linked only where an installation has its own accent.

    Where the reader has chosen a look, `<html data-look>` says which; otherwise the device does.
    """
    light, dark = (
        f"--accent:{s.accent};--accent-fill:{s.fill};--accent-deep:{s.deep};--accent-on:{s.on};--accent-soft:{s.soft}"
        for s in shades_of(colour)
    )
    return (
        f"@layer tokens{{:root{{{light}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-look=light]){{{dark}}}}}"
        f"@media screen{{:root[data-look=dark]{{{dark}}}}}}}\n"
    )
