"""Every colour that stands on another can be read, in both looks and with any accent that is let in."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musubi.web.design import accent

STATIC = Path(__file__).parents[3] / "src/musubi/web/design/static/design"
TEXT = {
    "paper": "ink ink-soft accent visited danger danger-deep warn info need offer",
    "ground": "ink ink-soft accent visited danger warn info need offer",
    "ground-deep": "ink ink-soft accent visited danger",
    "quiet": "ink ink-soft",
    "accent-soft": "ink ink-soft accent",
    "accent-fill": "accent-on",
    "accent-deep": "accent-on",
    "danger-soft": "ink danger danger-deep",
    "warn-soft": "ink warn accent",
    "info-soft": "ink info accent",
    "need-soft": "need",
    "offer-soft": "offer",
    "marked": "ink accent",
    "added": "ink",
    "removed": "ink",
}
ACTS = {"paper": "line-strong focus", "ground": "line-strong focus", "ground-deep": "line-strong focus"}


def tokens(look: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in ("base", "dark") if look == "dark" else ("base",):
        for key, value in re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", (STATIC / f"{name}.css").read_text()):
            found[key] = value if len(value) == 7 else "#" + "".join(digit * 2 for digit in value[1:])
    return found


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 4.5), (ACTS, 3.0)], ids=["text", "acts"])
def test_what_is_read_stands_out(look: str, pairs: dict[str, str], least: float) -> None:
    colour = tokens(look)
    faint = {
        (front, ground): round(accent.contrast(colour[front], colour[ground]), 2)
        for ground, fronts in pairs.items()
        for front in fronts.split()
        if accent.contrast(colour[front], colour[ground]) < least
    }
    assert faint == {}


def test_each_colour_has_a_value_in_both_looks() -> None:
    dark = set(re.findall(r"--([a-z-]+): #", (STATIC / "dark.css").read_text()))
    assert set(tokens("light")) == dark


def test_accents_are_judged_on_the_grounds_that_pages_have() -> None:
    light, dark = tokens("light"), tokens("dark")
    names = ("paper", "ground", "ground-deep")
    assert tuple(light[name] for name in names) == accent.LIGHT_GROUNDS
    assert tuple(dark[name] for name in names) == accent.DARK_GROUNDS
    assert light["accent"] == accent.USUAL


def test_contrast_is_that_of_the_guidelines() -> None:
    assert accent.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert accent.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@given(st.integers(0, 0xFFFFFF))
def test_an_accent_is_readable_in_both_looks_or_refused(number: int) -> None:
    colour = f"#{number:06x}"
    try:
        light, dark = accent.shades_of(colour)
    except accent.UnreadableAccent:
        assert min(accent.contrast(colour, ground) for ground in accent.LIGHT_GROUNDS) < 5.5
        return
    for shades, grounds in ((light, accent.LIGHT_GROUNDS), (dark, accent.DARK_GROUNDS)):
        assert min(accent.contrast(shades.accent, ground) for ground in (*grounds, shades.soft)) >= 4.5
        assert min(accent.contrast(shades.on, ground) for ground in (shades.fill, shades.deep)) >= 4.5


def test_yellow_is_refused_and_says_what_to_do() -> None:
    with pytest.raises(accent.UnreadableAccent, match="もっと濃い色にしてください"):
        accent.shades_of("#ffcc00")
