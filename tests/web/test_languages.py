"""Three languages: who reads which, how one changes it, and that mail follows its reader."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from musubi.base.accounts.models import User
from musubi.base.accounts.services import choose_language
from musubi.base.common.days import day, moment
from musubi.base.common.languages import LANGUAGES
from musubi.base.notify.models import Message
from musubi.base.notify.services.writing import body_of
from musubi.flow.actors.enums import MembershipRole
from musubi.flow.actors.models import Membership
from musubi.flow.listings.notifications import tell_published
from musubi.web.design.wording import era_day, waiting, weekdays, yen
from tests.factories import Town, make_actor, make_listing, make_person

SKIP = {"ja": "本文へ", "ja-easy": "このページの中身へ", "en": "Skip to the main text"}
TAGS = {language.code: language.tag for language in LANGUAGES}


def reads(client: Client, accepted: str = "") -> str:
    """The language in which the home page answers; its parts agree with each other."""
    headers = {"Accept-Language": accepted} if accepted else {}
    response = client.get("/", headers=headers)
    page = " ".join(response.content.decode().split())
    [code] = [code for code, words in SKIP.items() if f">{words}</a>" in page]
    assert f'<html lang="{TAGS[code]}" data-language="{code}"' in page
    assert response["Content-Language"] == TAGS[code]
    assert {"Cookie", "Accept-Language"} <= {part.strip() for part in response["Vary"].split(",")}
    assert page.count('aria-current="true">' + {row.code: row.name for row in LANGUAGES}[code]) == 1
    return code


def choose(client: Client, language: str, following: str = "/stories/") -> str:
    response = client.post(reverse("public:language"), {"language": language, "next": following})
    assert response.status_code == 302
    return str(response["Location"])


@pytest.mark.parametrize(
    ("accepted", "code"),
    [
        ("", "ja"),
        ("en-GB,en;q=0.9", "en"),
        ("en;q=0.5,ja;q=0.9", "ja"),
        ("fr,en;q=0.4", "en"),
        ("fr", "ja"),
        ("ja-easy", "ja"),
        ("*", "ja"),
    ],
)
def test_a_first_visit_is_japanese_or_english_as_the_browser_asks(
    town: Town, accepted: str, code: str
) -> None:
    assert reads(Client(), accepted) == code


@pytest.mark.parametrize("code", SKIP)
def test_what_was_chosen_in_a_browser_stays(town: Town, code: str) -> None:
    client = Client(enforce_csrf_checks=False)
    assert choose(client, code) == "/stories/"
    assert reads(client, "en") == code


def test_the_switch_leads_nowhere_else_and_knows_three_languages_only(town: Town) -> None:
    client = Client()
    assert choose(client, "fr", "https://elsewhere.example/") == "/"
    assert reads(client) == "ja"
    assert client.get(reverse("public:language")).status_code == 405
    assert (
        Client(enforce_csrf_checks=True).post(reverse("public:language"), {"language": "en"}).status_code
        == 403
    )


def test_a_persons_choice_goes_with_the_account(town: Town, sign_in: object) -> None:
    person = make_person()
    choose(sign_in(person), "ja-easy")
    person.refresh_from_db()
    assert person.language == "ja-easy"
    assert reads(sign_in(person), "en") == "ja-easy"

    other = sign_in(make_person())
    choose(other, "fr")
    assert reads(other) == "ja"


def test_who_is_greeted_in_english_gets_english_mail(town: Town, sign_in: object) -> None:
    person = make_person()
    assert reads(sign_in(person), "en-GB,en;q=0.9") == "en"
    person.refresh_from_db()
    assert person.language == "en"


def test_what_was_pressed_before_signing_in_goes_with_the_account(town: Town) -> None:
    person, client = make_person(), Client()
    choose(client, "ja-easy")
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert reads(client, "en") == "ja-easy"
    person.refresh_from_db()
    assert person.language == "ja-easy"


@pytest.mark.parametrize(("mode", "kept"), [("cors", ""), ("same-origin", ""), ("navigate", "en")])
def test_only_a_page_that_is_asked_for_settles_the_language(
    town: Town, sign_in: object, mode: str, kept: str
) -> None:
    person = make_person()
    client = sign_in(person)
    client.get("/", headers={"Accept-Language": "en-US", "Sec-Fetch-Mode": mode})
    person.refresh_from_db()
    assert person.language == kept


def test_what_was_pressed_waits_for_the_next_page(town: Town) -> None:
    person, client = make_person(), Client()
    choose(client, "ja-easy")
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/", headers={"Sec-Fetch-Mode": "cors"})
    client.get("/", headers={"Sec-Fetch-Mode": "navigate"})
    person.refresh_from_db()
    assert person.language == "ja-easy"


@pytest.mark.parametrize(("left", "accepted"), [("en", "ja"), ("ja", "en"), ("", "ja")])
def test_a_cookie_left_on_a_shared_computer_chooses_for_nobody(
    town: Town, sign_in: object, settings: SimpleNamespace, left: str, accepted: str
) -> None:
    person = make_person()
    client = sign_in(person)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = left
    reads(client, accepted)
    person.refresh_from_db()
    assert person.language == ""


def test_no_other_language_is_kept(town: Town) -> None:
    person = make_person()
    with pytest.raises(ValueError, match="not a language"):
        choose_language(by=person, language="fr")
    assert User.objects.get(pk=person.pk).language == ""


def test_everybody_is_told_in_their_own_language_whoever_did_it(town: Town, now: dt.datetime) -> None:
    owner = make_person("山田")
    actor = make_actor(town.municipality, owner, name="みなと町内会")
    readers = {code: make_person() for code in (*SKIP, "")}
    for code, person in readers.items():
        person.language = code
        person.save()
        Membership.objects.create(actor=actor, user=person, role=MembershipRole.EDITOR, joined_at=now)
    listing = make_listing(actor, title="お茶会")

    with translation.override("en"):
        tell_published(listing, by=owner, at=now)

    told = {code: Message.objects.get(recipient=person) for code, person in readers.items()}
    assert {code: row.subject for code, row in told.items()} == {
        "ja": "公開しました：お茶会",
        "ja-easy": "みんなに見えるようになりました：お茶会",
        "en": "Published: お茶会",
        "": "公開しました：お茶会",
    }
    assert told["en"].text == "山田 published “お茶会” for みなと町内会."
    assert "Read more on this page:" in body_of(told["en"])
    assert "くわしいことは、このページを見てください。" in body_of(told["ja-easy"])
    assert "くわしくは、次のページをご覧ください。" in body_of(told[""])


def test_days_times_and_money_are_said_as_the_reader_says_them() -> None:
    at = dt.datetime(2026, 11, 20, 13, 30)
    said = {}
    for code in SKIP:
        with translation.override(code):
            said[code] = [
                day(at, today=dt.date(2026, 1, 1)),
                day(at, today=dt.date(2027, 1, 1)),
                moment(at, today=dt.date(2026, 1, 1)),
                era_day(at),
                waiting(dt.date(2026, 11, 19), at),
                waiting(dt.date(2026, 11, 18), at),
                yen(12000),
                weekdays([5, 6]),
            ]
    japanese = [
        "11月20日(金)",
        "2026年11月20日(金)",
        "11月20日(金) 13:30",
        "令和8年11月20日(金)",
        "1日",
        "2日",
        "12,000円",
        "土・日",
    ]
    easy = [
        "11月20日(金曜日)",
        "2026年11月20日(金曜日)",
        "11月20日(金曜日) 午後1時30分",
        "2026年11月20日(金曜日)",
        *japanese[4:-1],
        "土曜日と日曜日",
    ]
    assert said == {
        "ja": japanese,
        "ja-easy": easy,
        "en": [
            "Friday 20 November",
            "Friday 20 November 2026",
            "Friday 20 November, 1:30 pm",
            "Friday 20 November 2026",
            "1 day",
            "2 days",
            "¥12,000",
            "Saturday and Sunday",
        ],
    }
