"""What the engine tells is said in the reader's language; what was kept before it could be, stays Japanese."""

import datetime as dt
from typing import Any

import pytest
from django.template import engines
from django.utils import translation
from tools.messages import all_messages

from musubi.flow.matching.words import Said, said
from musubi_engine import why_not
from musubi_engine.bench.postings import postings
from musubi_engine.labels import FIELDS, KINDS, RESOURCES, SIDES, STATES
from musubi_engine.signals import SIGNALS, Pair
from musubi_engine.telling import (
    amount,
    as_json,
    bracketed,
    day,
    dotted,
    hours,
    length,
    listed,
    month,
    quoted,
    run_on,
    say,
    term,
    together,
    topic,
    weekdays,
    weeks,
    window,
)
from musubi_engine.types import Window

EVENINGS = Window(start=dt.date(2027, 3, 6), weekdays=frozenset({5}), opens=dt.time(18), closes=dt.time(20))
PLACE = term(RESOURCES, "place")
BOTH = "%(words)sという言葉が、どちらにも書かれています。"
# By value: what an English sentence makes of it, and one in やさしい日本語.
VALUES: list[tuple[Any, str, str]] = [
    ("いす", "いす", "いす"),
    (topic("高齢者"), "Older people", "お年寄り"),
    (amount(1, "people"), "1 person", "1人"),
    (PLACE, "Place", "場所"),
    (bracketed(PLACE, "台所"), "Place (台所)", "場所（台所）"),
    (quoted(["いす", PLACE]), "“いす”, “Place”", "「いす」「場所」"),
    (dotted([say("子ども"), say("高齢者")]), "children and older people", "子どもとお年寄り"),
    (listed(["幸区", "港区"]), "幸区, 港区", "幸区、港区"),
    (together(["いす", "机"]), "いす and 机", "いすと、机"),
    (day(dt.date(2027, 3, 6)), "Saturday 6 March 2027", "2027年3月6日(土曜日)"),
    (month(dt.date(2027, 3, 6)), "March 2027", "2027年3月"),
    (hours(dt.time(9), dt.time(10, 30)), "9 am to 10:30 am", "午前9時から午前10時30分まで"),
    (weekdays({1, 3}), "Tuesday and Thursday", "火曜日と木曜日"),
    (weeks({2, 4}, 5), "the second and fourth Saturday", "2回目と4回目の土曜日"),
    (window(Window()), "every day", "毎日"),
    (window(Window(least=180)), "every day (for at least 3 hours)", "毎日（続けて3時間）"),
    (length(90), "1 hour 30 minutes", "1時間30分"),
]
OLD = {"signal": "kind", "sentence": "合っています。", "value": 1.0, "weight": 0.1}


@pytest.mark.parametrize(("value", "english", "easy"), VALUES)
def test_every_kind_of_value_is_said_in_the_readers_language(value: Any, english: str, easy: str) -> None:
    sentence = say(BOTH, words=value)
    with translation.override("en"):
        assert said(sentence) == said(as_json(sentence)) == f"Both use the same words: {english}."
        assert not said(sentence).is_japanese
    with translation.override("ja-easy"):
        assert said(sentence) == f"{easy}ということばが、どちらにも書いてあります。"
    with translation.override("ja"):
        assert said(as_json(sentence)) == str(sentence)


def test_a_time_is_said_as_a_listing_says_its_own() -> None:
    with translation.override("en"):
        assert said(say("集まれる日時は、%(when)sです。", when=window(EVENINGS))) == (
            "When they can come: from Saturday 6 March 2027, every Saturday, 6 pm to 8 pm."
        )


def test_a_time_that_was_kept_before_it_had_a_length_is_said_as_ever() -> None:
    kept = as_json(say("集まれる日時は、%(when)sです。", when=window(EVENINGS)))
    del kept["parts"][0][1]["when"]["least"]
    for language in ("en", "ja"):
        with translation.override(language):
            assert said(kept) == said(say("集まれる日時は、%(when)sです。", when=window(EVENINGS)))


def test_one_and_many_are_counted_and_sentences_stand_apart() -> None:
    def usual(number: int) -> Said:
        days = say("ふだん返事までに%(number)s日ほどかかっています。", number=number)
        return said(run_on([days, say("早めに尋ねてください。")]))

    with translation.override("en"):
        assert usual(1) == "It usually takes about a day until they reply. Ask early."
        assert usual(9) == "It usually takes about 9 days until they reply. Ask early."


@pytest.mark.parametrize(
    "kept",
    [
        OLD,
        "合っています。",
        {"sentence": "合っています。", "parts": [["むかしの言い方。", {}]]},
        {"sentence": "合っています。", "parts": [[BOTH, {"words": {"as": "むかしの値"}}]]},
        {"sentence": "合っています。", "parts": [[BOTH, {}]]},
    ],
)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_what_cannot_be_said_otherwise_stays_japanese_and_says_so(kept: Any, language: str) -> None:
    with translation.override(language):
        told = said(kept)
        assert (told, told.is_japanese) == ("合っています。", True)
        page = engines["django"].from_string("<li>{{ told }}</li>").render({"told": told})
    assert page == '<li><span lang="ja">合っています。</span></li>'


def test_what_people_wrote_is_escaped_and_nothing_is_nothing() -> None:
    sentence = say(BOTH, words="<b>")
    template = engines["django"].from_string("{{ told }}")
    with translation.override("en"):
        assert template.render({"told": said(sentence)}) == "Both use the same words: &lt;b&gt;."
    with translation.override("ja"):
        assert "<b>" not in template.render({"told": said(sentence)})
    assert (said(""), bool(said(""))) == ("", False)


def test_all_the_engine_says_has_words_in_every_language() -> None:
    known = {message.msgid for message in all_messages()}
    labels = [*RESOURCES.values(), *KINDS.values(), *FIELDS.values(), *SIDES.values(), *STATES.values()]
    assert [label for label in labels if label not in known] == []
    rows = list(postings(240, seed=3))
    needs = [row for row in rows if row.side == "need"]
    offers = [row for row in rows if row.side == "offer"]
    told: list[str] = []
    for number, need in enumerate(needs * 3):
        offer = offers[number * 7 % len(offers)]
        pair = Pair(need=need, offer=offer, wording=0.2, meaning=0.1)
        told += [signal.sentence(pair) for signal in SIGNALS.values() if signal.value(pair) > 0]
        told += [text for blocker in why_not(need, offer) for text in (blocker.sentence, blocker.change)]
    told = [sentence for sentence in dict.fromkeys(told) if sentence]
    assert len(told) > 100
    with translation.override("en"):
        assert [sentence for sentence in told if said(sentence).is_japanese] == []
