"""Steps, progress, bars and sketches: what they say in words, and what they draw."""

import re
from typing import Any

from django.template import Context, Template

from musubi.base.tiles.source import GSI
from musubi.web.design import sketch
from musubi.web.design.charts import Bars, Line, Point, keep_drawing
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


BARS = [("人手", 40, "40件"), ("場所", 10, "10件"), ("お金", 0, "0件")]


def test_a_table_stands_for_a_chart_until_it_is_drawn_and_says_the_same_after() -> None:
    source = '{% chart bars sentence="人手が多い" caption="数" %}'
    before = render(source, bars=BARS)
    assert "<svg" not in before
    assert "<details open>" in before
    keep_drawing(Bars.of(BARS), name="人手が多い")
    after = render(source, bars=BARS)
    assert after.count('role="img"') == 2
    assert "<details >" in after
    for html in (before, after):
        assert "<figcaption>人手が多い</figcaption>" in html
        table = html[html.index("<table") :]
        assert all(label in table and said in table for label, _, said in BARS)


def test_a_page_may_bring_its_own_table_and_scale() -> None:
    keep_drawing(Bars.of(BARS, most=50), name="人手が多い")
    html = render('{% chart bars sentence=_("人手が多い") most=50 %}', bars=BARS)
    assert html.count("<svg") == 2
    assert "<table" not in html


def test_a_line_has_its_table_too() -> None:
    line = Line((Point("9月7日", 3, "3回"), Point("9月14日", 5, "5回")))
    html = render('{% chart line sentence="増えた" caption="週ごと" %}', line=line)
    assert re.findall(r'<th scope="row">(.*?)</th>', html) == ["9月7日", "9月14日"]
    assert re.findall(r'<td class="number"[^>]*>(.*?)</td>', html) == ["3回", "5回"]


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
