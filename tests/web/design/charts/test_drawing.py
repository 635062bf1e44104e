"""What is drawn: sound, small, in the page's colours, and true to its numbers."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from musubi.web.design.charts import PAPER, Bar, Bars, Line, Point, Row, drawn
from musubi.web.design.charts.bars import specification as bars_of
from musubi.web.design.charts.drawing import inlined
from musubi.web.design.charts.keeping import WIDTHS
from musubi.web.design.charts.line import specification as line_of
from musubi.web.design.charts.theme import PAGE

BASE = Path(__file__).parents[4] / "src/musubi/web/design/static/design/base.css"
LONG = "はじめての方も歓迎します。子どもから高齢の方までだれでも立ち寄れる居場所づくりの手伝い"
BARS = Bars.of([("人手", 40, "40件"), (LONG, 10, "10件"), ("<お金>", 0, "0件")])
PAIRS = Bars(
    (
        Row("参加した人", (Bar(12, "12人", "始める前", is_pale=True), Bar(120, "120人", "あと")), 120),
        Row("ごみ", (Bar(30, "30kg", "始める前", is_pale=True), Bar(6, "6kg", "あと")), 30),
    )
)
LINE = Line(tuple(Point(f"{n}月1日", n % 5, f"{n % 5}回") for n in range(1, 13)))
WIDTH = 576


def picture(specify: Callable[..., dict[str, Any]], figures: Bars | Line, width: int = WIDTH) -> str:
    return inlined(drawn(specify(figures, width=width)), name='"人手"が<多い>', css_class="chart-wide")


def painted(svg: str, colour: str) -> list[float]:
    """How wide each shape of a colour is."""
    shapes = re.findall(rf'<path d="([^"]+)" fill="{re.escape(colour)}"', svg)
    return [_width(shape) for shape in shapes]


def _width(shape: str) -> float:
    if "h" in shape:
        return float(re.findall(r"h(-?[\d.]+)", shape)[0])
    across = [float(x) for x, _y in re.findall(r"([\d.]+),([\d.]+)", shape)]
    return max(across) - min(across)


def test_bars_are_as_long_as_their_numbers() -> None:
    svg = picture(bars_of, BARS)
    assert painted(svg, PAGE.mark) == [WIDTH, WIDTH / 4, 0]
    assert painted(svg, PAGE.track) == [WIDTH] * 3


def test_a_scale_of_its_own_ends_where_it_says() -> None:
    svg = picture(bars_of, Bars.of([("よかった", 4, "4点"), ("また", 9, "9点")], most=5))
    assert painted(svg, PAGE.mark) == [pytest.approx(WIDTH * 0.8, abs=0.2), WIDTH]


def test_each_pair_has_its_own_scale_and_says_which_is_which() -> None:
    svg = picture(bars_of, PAIRS)
    before, after = painted(svg, PAGE.pale), painted(svg, PAGE.mark)
    assert before[0] / after[0] == pytest.approx(0.1, abs=0.01)
    assert after[1] / before[1] == pytest.approx(0.2, abs=0.01)
    assert [svg.count(f">{name}<") for name in ("始める前", "あと")] == [2, 2]


@pytest.mark.parametrize(("specify", "figures"), [(bars_of, BARS), (bars_of, PAIRS), (line_of, LINE)])
@pytest.mark.parametrize("width", WIDTHS.values())
def test_a_drawing_belongs_into_the_page(
    specify: Callable[..., dict[str, Any]], figures: Bars | Line, width: int
) -> None:
    svg = picture(specify, figures, width)
    root = ET.fromstring(svg)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == '"人手"が<多い>'
    assert root.attrib["width"] == str(width)
    inside = svg[svg.index(">") :]
    assert not re.search(r"style=|class=|id=|font-family|aria-|role=|href|script", inside)
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', inside)) <= {*vars(PAGE).values(), "none"}
    assert all('fill="' in shape for shape in re.findall(r"<path[^>]+>", inside))
    assert len(svg.encode()) < 4_000


def test_words_stay_words_and_long_ones_take_several_lines() -> None:
    svg = picture(bars_of, BARS, 288)
    said = ["".join(text.itertext()) for text in ET.fromstring(svg).iter("text")]
    assert {LONG, "<お金>", "40件"} <= set(said)
    assert svg.count("<tspan") > 2


def test_a_line_names_as_many_moments_as_fit_and_its_last_number() -> None:
    named = [len(re.findall(r">\d+月1日<", picture(line_of, LINE, width))) for width in WIDTHS.values()]
    assert named == [3, 6]
    assert ">12月1日<" in picture(line_of, LINE)
    assert ">2回<" in picture(line_of, LINE)


@pytest.mark.parametrize("figures", [Bars(()), Bars.of([("無", 0, "0件")])])
def test_bars_of_nothing_are_drawn(figures: Bars) -> None:
    assert sum(painted(picture(bars_of, figures), PAGE.mark)) == 0


@pytest.mark.parametrize("points", [(), (Point("今", 0, "0"),), (Point('"今\\', 3, "3"),)])
def test_a_line_of_little_is_drawn(points: tuple[Point, ...]) -> None:
    ET.fromstring(picture(line_of, Line(points)))


def test_paper_has_the_pages_own_light_colours() -> None:
    light = dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", BASE.read_text()))
    names = {
        "ink": "ink", "soft": "ink-soft", "line": "line", "mark": "accent", "pale": "line-strong", "track": "ground-deep",
    }  # fmt: skip
    assert {part: light[name] for part, name in names.items()} == vars(PAPER)
