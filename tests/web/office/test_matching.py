"""The office sets how the town orders what fits: refused with a sentence, looked at, and only then saved."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from musubi.flow.listings.enums import Side
from musubi.flow.matching.models import MatchingRule
from musubi.flow.matching.queries import usual_rule
from tests.factories import Town, make_actor, make_listing, make_person
from tests.web.sound import is_sound

PAGE = "/office/matching/"
LINES = [("place", "集会室", 30, "capacity")]


def usual(**changes: str) -> dict[str, str]:
    """What the page posts as it stands, and what is typed over it."""
    rule = usual_rule()
    posted = {f"points_{signal.name}": f"{signal.points:f}" for signal in rule.signals}
    posted |= {"version": "0", "beta": str(rule.exposure.beta), "bound": "2", "act": "preview"}
    return posted | changes


def previewed(html: str) -> str:
    found = re.search(r'name="previewed"\s+value="([^"]*)"', html)
    assert found
    return found[1]


def a_need_and_its_offers(town: Town, number: int = 1) -> None:
    for at in range(number):
        make_listing(town.actor, areas=[town.wards[0]], lines=LINES, title=f"集会室を探しています {at}")
        giver = make_actor(town.municipality, make_person())
        make_listing(giver, Side.OFFER, areas=[town.wards[0]], lines=LINES, title=f"集会室を使えます {at}")


def test_every_signal_stands_there_with_its_points_and_what_it_looks_at(town: Town, sign_in: Any) -> None:
    answer = sign_in(town.officer).get(PAGE)
    html = answer.content.decode()
    is_sound(html)
    for signal in usual_rule().signals:
        assert signal.label in html
        assert signal.explanation in html
        assert f'name="points_{signal.name}" value="{signal.points:f}"' in html
    assert "まだ一度も変えていません" in html
    assert "この値で保存する" not in html


def test_a_change_is_looked_at_and_then_saved_as_it_was_seen(town: Town, sign_in: Any) -> None:
    a_need_and_its_offers(town)
    client = sign_in(town.officer)
    seen = client.post(PAGE, usual(points_wording="２８点"))
    html = seen.content.decode()
    is_sound(html)
    assert seen.status_code == 200
    assert "集会室を探しています 0" in html
    assert "集会室を使えます 0" in html
    assert "まだ保存していません" in html
    assert not MatchingRule.objects.exists()
    mark = previewed(html)
    other = client.post(PAGE, usual(points_wording="31", act="save", previewed=mark))
    assert "値が変わりました" in other.content.decode()
    assert not MatchingRule.objects.exists()
    saved = client.post(PAGE, usual(points_wording="28", act="save", previewed=mark), follow=True)
    assert "第1版として保存しました" in saved.content.decode()
    rule = MatchingRule.objects.get()
    assert (rule.weights["wording"], rule.version, rule.changed_by) == (0.28, 1, town.officer)
    assert "いまは第1版です" in client.get(PAGE).content.decode()
    log = client.get("/office/audit/").content.decode()
    assert "照合のきまりを変えた" in log
    assert "手がかりの重み：ことばの近さ：0.28" in log
    assert "話題の近さ" not in log


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("points_wording", "101", "多すぎます。満点は100点なので、100以下にしてください。"),
        ("points_wording", "-5", "0から100までの点を、「35」のように入れてください。"),
        ("points_price", "たくさん", "0から100までの点を、「35」のように入れてください。"),
        ("points_place", "", "「場所の近さ」を入れてください。"),
        ("beta", "1.5", "強すぎます。1以下の数を入れてください。"),
        ("bound", "50", "大きすぎます。合う順が大きくくずれるので、20以下にしてください。"),
        ("bound", "nan", "0から20までの数を、「2」のように入れてください。"),
    ],
)
def test_absurd_values_are_refused_at_the_field(
    town: Town, sign_in: Any, field: str, typed: str, sentence: str
) -> None:
    answer = sign_in(town.officer).post(PAGE, usual(**{field: typed}))
    html = answer.content.decode()
    is_sound(html)
    assert answer.status_code == 422
    assert sentence in html
    assert f'id="id_{field}_error"' in html
    assert "この値で保存する" not in html


@pytest.mark.parametrize(("points", "sentence"), [("1", "60点以上"), ("100", "300点以下")])
def test_all_together_must_tell_offers_apart(town: Town, sign_in: Any, points: str, sentence: str) -> None:
    every = {f"points_{signal.name}": points for signal in usual_rule().signals if not signal.takes_away}
    answer = sign_in(town.officer).post(PAGE, usual(**every))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_who_was_overtaken_sees_it_and_loses_nothing(town: Town, sign_in: Any) -> None:
    client = sign_in(town.officer)
    mark = previewed(client.post(PAGE, usual(points_wording="30")).content.decode())
    save = usual(points_wording="30", act="save", previewed=mark)
    assert client.post(PAGE, save).status_code == 302
    late = client.post(PAGE, save)
    html = late.content.decode()
    assert late.status_code == 409
    assert "ほかの担当が先に保存しました。いまは第1版です。" in html
    assert 'name="points_wording" value="30"' in html
    assert 'name="version" value="1"' in html
    again = client.post(PAGE, save | {"version": "1"})
    assert again.status_code == 302
    assert MatchingRule.objects.count() == 2


def test_the_preview_asks_no_more_for_more_offers(town: Town, sign_in: Any) -> None:
    a_need_and_its_offers(town)
    client, numbers = sign_in(town.officer), []
    for more in (0, 12):
        for _ in range(more):
            giver = make_actor(town.municipality, make_person())
            make_listing(giver, Side.OFFER, areas=[town.wards[0]], lines=LINES)
        client.post(PAGE, usual())
        with CaptureQueriesContext(connection) as counted:
            client.post(PAGE, usual())
        numbers.append(len(counted))
    assert numbers[0] == numbers[1]


def test_everybody_may_read_how_the_order_comes_about(
    town: Town, client: Any, sign_in: Any, now: dt.datetime
) -> None:
    html = client.get("/about/matching/").content.decode()
    is_sound(html)
    assert "どの一覧でも2％まで" in html
    assert "もとのきまりのまま" in html
    MatchingRule.objects.create(
        municipality=town.municipality, version=1, weights={"wording": 0.33, "price": 0}, beta=0.1,
        bound=0.035, changed_at=now,
    )  # fmt: skip
    html = client.get("/about/matching/").content.decode()
    assert "どの一覧でも3.5％まで" in html
    assert "33点まで足します。" in html
    assert "使っていません。" in html
    assert "いまは第1版です" in html
    MatchingRule.objects.filter(version=1).update(beta=0)
    assert "公平さのための並べ替えをしていません" in client.get("/about/matching/").content.decode()


def test_the_values_the_engine_came_with_can_be_put_back(town: Town, sign_in: Any) -> None:
    weights = {signal.name: 0.1 for signal in usual_rule().signals if not signal.takes_away}
    MatchingRule.objects.create(
        municipality=town.municipality,
        weights=weights,
        beta=0.5,
        bound=0.1,
        version=1,
        changed_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC),
    )
    client = sign_in(town.officer)
    assert f'href="{PAGE}?usual=1"' in client.get(PAGE).content.decode()
    form = client.get(f"{PAGE}?usual=1").context["form"]
    assert form["version"].value() == 1
    assert form["points_wording"].value() == f"{usual_rule().signals[0].points:f}"
    assert MatchingRule.objects.count() == 1


def test_english_readers_read_what_each_signal_looks_at(town: Town, client: Client) -> None:
    client.post(reverse("public:language"), {"language": "en"})
    html = client.get("/about/matching/").content.decode()
    assert "Whether they have worked together before." in html
    assert "以前にいっしょに活動したことがあるか" not in html
