"""Steps, progress, bars and sketches: what they say in words, and what they draw."""

import re
from typing import Any

import pytest
from django.template import Context, Template

from musubi.base.tiles.source import GSI
from musubi.web.design import sketch
from musubi.web.design.templatetags.figures import places


def render(source: str, **values: object) -> str:
    return Template("{% load design figures %}" + source).render(Context(values))


def test_a_step_is_done_here_or_to_come() -> None:
    html = render('{% stepper "書く" "確かめる" "載せる" current=2 %}')
    steps = re.findall(r"<li([^>]*)>(.*?)</li>", html, re.DOTALL)
    assert ["stepper-done" in attrs for attrs, _ in steps] == [True, False, False]
    assert ['aria-current="step"' in attrs for attrs, _ in steps] == [False, True, False]
    assert ["済み" in inner for _, inner in steps] == [True, False, False]


def test_progress_never_passes_its_end_and_says_so_in_words() -> None:
    html = render('{% progress "読み込み" done=12 whole=10 id="p" %}')
    assert 'value="10" max="10"' in html
    assert "10のうち10" in html
    assert '<label for="p">' in html


def test_bars_are_as_long_as_their_numbers_and_a_table_says_the_same() -> None:
    bars = [("人手", 40, "40件"), ("場所", 10, "10件"), ("お金", 0, "0件")]
    html = render('{% chart bars sentence="人手が多い" caption="数" %}', bars=bars)
    assert re.findall(r'class="bar"\s+width="([\d.]+%)"', html) == ["100.0%", "25.0%", "0.0%"]
    table = html[html.index("<table") :]
    assert all(label in table and said in table for label, _, said in bars)


@pytest.mark.parametrize("bars", [[], [("無", 0, "0件")]])
def test_bars_of_nothing_are_drawn(bars: list[tuple[str, float, str]]) -> None:
    assert "100.0%" not in render('{% chart bars sentence="なし" caption="数" %}', bars=bars)


def venue(name: str, *position: float) -> dict[str, object]:
    return {"name": name, "address": "港区", **dict(zip(("latitude", "longitude"), position, strict=False))}


def test_a_sketch_has_north_above_and_keeps_inside_its_edge() -> None:
    shown = places([venue("南西", 35.40, 139.60), venue("不明"), venue("北東", 35.50, 139.70)], label="会場")
    (south, north) = shown["dots"]
    assert [number for number, _, _ in shown["dots"]] == [1, 3]
    assert north[1] > south[1]
    assert north[2] < south[2]
    for _, x, y in shown["dots"]:
        assert sketch.EDGE <= x <= sketch.WIDTH - sketch.EDGE
        assert sketch.EDGE <= y <= sketch.HEIGHT - sketch.EDGE
    assert len(shown["places"]) == 3


def test_one_place_lies_in_the_middle_and_no_place_draws_nothing() -> None:
    assert places([venue("一つ", 35.4, 139.6)], label="会場")["dots"] == [
        (1, sketch.WIDTH / 2, sketch.HEIGHT / 2)
    ]
    html = render("{% places items label='会場' %}", items=[venue("不明")])
    assert "<svg" not in html
    assert "不明" in html


def test_a_map_is_only_where_something_is_and_pieces_may_come(settings: Any) -> None:
    source = "{% places items label='会場' approximate=True %}"
    items = [venue("一つ", 35.4, 139.6)]
    assert "<svg" not in render(source, items=items)
    settings.TILES = GSI
    html = render(source, items=items)
    assert "<svg" in html
    assert 'data-closest="15"' in html
    assert 'data-lowest="5"' in html
    assert 'data-number="1"' in html
    assert "data-map" not in render(source, items=[venue("不明")])
    assert "data-map" not in render("{% places items label='会場' tiles=False %}", items=items)


def test_what_is_at_a_place_is_listed_and_escaped() -> None:
    place = venue("<b>", 35.4, 139.6) | {"entries": [{"title": "<i>", "href": "/x/", "kind": "<u>"}]}
    html = render("{% places items label=label %}", items=[place], label="<s>")
    for evil in ("<b>", "<i>", "<u>", "<s>"):
        assert evil not in html
    assert 'href="/x/"' in html


def test_a_dialog_is_named_and_can_be_left() -> None:
    html = render(
        '{% dialog id="d" label="協働とは" title=title %}<p>力を合わせる</p>{% enddialog %}', title="<協働>"
    )
    assert html.count('popovertarget="d"') == 2
    assert 'aria-labelledby="d-title"' in html
    assert "&lt;協働&gt;" in html
