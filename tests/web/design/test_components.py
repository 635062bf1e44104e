"""Tags: buttons with refusals, badges, pages of a list, ways around."""

import gzip
from pathlib import Path

import pytest
from django.http import QueryDict
from django.template import Context, Template

from musubi.base.accounts.models import User
from musubi.base.common.verdict import ALLOWED, refuse
from musubi.web.design.paging import page_of

STATIC = Path(__file__).parents[3] / "src/musubi/web/design/static/design"


def render(source: str, **values: object) -> str:
    return Template("{% load design %}" + source).render(Context(values))


def test_a_refusing_verdict_shows_its_sentence_and_presses_nothing() -> None:
    source = '{% button "承認する" name="act" value="approve" verdict=verdict %}'
    refused = render(source, verdict=refuse("担当者だけが承認できます。"))
    assert "担当者だけが承認できます。" in refused
    assert 'type="button"' in refused
    assert 'aria-disabled="true"' in refused
    assert "approve" not in refused
    allowed = render(source, verdict=ALLOWED)
    assert '<button type="submit" class="button button-primary" name="act" value="approve">' in allowed


def test_a_button_may_be_a_link_and_carry_attributes() -> None:
    html = render('{% button "見る" href=url hx_get="/a/" hx_target="#part" %}', url="/a/?b=1&c=2")
    assert '<a class="button button-primary" href="/a/?b=1&amp;c=2" hx-get="/a/" hx-target="#part">' in html


def test_a_button_may_say_more_to_those_who_hear_it() -> None:
    html = render('{% button "外す" spoken=more %}', more="外す：<いす>")
    assert (
        '<span aria-hidden="true">外す</span><span class="visually-hidden">外す：&lt;いす&gt;</span>' in html
    )
    assert "aria-label" not in html


def test_what_people_wrote_is_escaped_everywhere() -> None:
    evil = "<b>"
    html = render(
        "{% button e %}{% card title=e %}{{ e }}{% endcard %}{% list_row title=e href='/' aside=e %}{% endlist_row %}"
        "{% badge e %}{% notice title=e %}{% endnotice %}{% table caption=e %}{% endtable %}"
        "{% definitions d %}{% timeline t %}{% empty_state title=e %}{% endempty_state %}{% breadcrumb e '/' e %}"
        "{% tabs e '/' current='/' label=e %}",
        e=evil,
        d=[(evil, evil)],
        t=[{"when": None, "title": evil, "text": evil}],
    )
    assert evil not in html
    assert html.count("&lt;b&gt;") == 17


def test_letters_are_escaped_and_say_who_wrote_and_what_is_attached() -> None:
    letter = {"who": "<b>", "when": None, "text": "一行目\n<b>", "file_url": "/f/", "file_name": "<b>"}
    html = render("{% letters l %}", l=[letter, {"who": "会", "when": None, "text": "はい", "own": True}])
    assert "<b>" not in html
    assert html.count("&lt;b&gt;") == 3
    assert "一行目<br>" in html
    assert html.count("letter-own") == 1
    assert html.count('href="/f/"') == 1


@pytest.mark.parametrize(
    ("kind", "value", "tone"),
    [
        ("state", "published", "success"),
        ("state", "expired", "plain"),
        ("side", "need", "need"),
        ("kind", "", "plain"),
    ],
)
def test_badges(kind: str, value: str, tone: str) -> None:
    assert f"badge-{kind} badge-{tone}" in render("{% badge '語' kind=k value=v %}", k=kind, v=value)


@pytest.mark.parametrize("people", [1, 50])
def test_a_page_of_a_list_is_one_query(people: int, django_assert_num_queries: object) -> None:
    for number in range(people):
        User.objects.create_user(f"p{number}@example.jp")
    with django_assert_num_queries(1):  # type: ignore[operator]
        page = page_of(User.objects.order_by("pk"), QueryDict(""))
        html = render("{% pagination page %}", page=page)
    assert len(page.items) == min(people, 20)
    assert ("次のページ" in html) == (people > 20)


def test_pages_keep_the_other_parameters_and_forgive_nonsense() -> None:
    rows = [str(number) for number in range(45)]
    page = page_of(rows, QueryDict("q=食堂&page=2"), total=45)
    assert (page.number, page.items[0], page.has_next, page.has_previous) == (2, "20", True, True)
    assert page.page_url(3) == "?q=%E9%A3%9F%E5%A0%82&page=3"
    assert "全部で45件" in render("{% pagination page %}", page=page)
    for nonsense in ("0", "-1", "x", "２", "", "1e9", "9" * 5):
        assert page_of(rows, QueryDict(f"page={nonsense}")).number in {1, 10_000}
    last = page_of(rows, QueryDict("page=3"))
    assert (len(last.items), last.has_next) == (5, False)


def test_styles_and_scripts_are_light() -> None:
    def weight(kind: str) -> int:
        return sum(len(gzip.compress(path.read_bytes(), mtime=0)) for path in STATIC.glob(f"*.{kind}"))

    assert weight("css") < 30_000
    assert weight("js") < 15_000
    for path in STATIC.glob("*.js"):
        text = path.read_text()
        assert "eval(" not in text
        assert "innerHTML" not in text
