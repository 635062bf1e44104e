"""A sentence is its Japanese, and keeps of what it is made, so that it can be said again in any language."""

import copy
import json
import pickle
import random
from datetime import date, time

import pytest
from matching_values import need, offer

from musubi_engine import Credential, Line, Window, why_not
from musubi_engine.bench.postings import postings
from musubi_engine.feasibility.times import windows_words
from musubi_engine.labels import RESOURCES
from musubi_engine.signals import SIGNALS, Pair
from musubi_engine.teams import teams
from musubi_engine.telling import (
    Sentence,
    again,
    amount,
    as_json,
    bracketed,
    day,
    dotted,
    hours,
    japanese,
    length,
    listed,
    month,
    quoted,
    run_on,
    say,
    term,
    together,
    weekdays,
    weeks,
    window,
)

OPEN = Window()
EVENINGS = Window(start=date(2027, 3, 6), weekdays=frozenset({1, 3}), opens=time(18, 30))
ONE_DAY = Window(start=date(2027, 3, 6), end=date(2027, 3, 6), opens=time(9), closes=time(12))
LONG = Window(weekdays=frozenset({5}), opens=time(9), closes=time(17), start=date(2027, 3, 6), least=180)
VALUES = [
    ("いす", "いす"),
    (3, "3"),
    (amount(300_000, "yen"), "300,000円"),
    (amount(30, "capacity"), "30席"),
    (term(RESOURCES, "place"), "場所"),
    (term(RESOURCES, "unheard of"), "unheard of"),
    (bracketed(term(RESOURCES, "place"), "台所"), "場所（台所）"),
    (quoted(["いす", term(RESOURCES, "place"), "いす"]), "「いす」「場所」"),
    (dotted(["土", "日"]), "土・日"),
    (listed(["幸区", "幸区"]), "幸区、幸区"),
    (together(["いす", "机"]), "いすと机"),
    (day(date(2027, 3, 6)), "3月6日（土）"),
    (month(date(2027, 3, 6)), "2027年3月"),
    (hours(time(9), None), "9時から24時"),
    (hours(None, time(9, 30)), "0時から9時30分"),
    (weekdays({3, 1}), "火・木曜"),
    (weeks({4, 2}, 5), "第2・第4土曜"),
    (length(180), "3時間"),
    (length(45), "45分"),
    (length(90), "1時間30分"),
    (window(LONG), "土曜の9時から17時までのうち3時間（2027年3月6日から）"),
    (window(Window(least=90)), "毎日の終日のうち1時間30分"),
    (window(OPEN), "毎日の終日"),
    (window(EVENINGS), "火・木曜の18時30分から（2027年3月6日から）"),
    (window(ONE_DAY), "2027年3月6日（土）の9時から12時まで"),
    (windows_words((OPEN, ONE_DAY, EVENINGS)), "毎日の終日と2027年3月6日（土）の9時から12時までなど3通り"),
    (say("この%(side)sは閉じています", side="提供"), "この提供は閉じています"),
]


@pytest.mark.parametrize(("value", "words"), VALUES)
def test_a_value_is_plain_json_and_keeps_its_words(value: object, words: str) -> None:
    sentence = say("%(what)sです。", what=value)
    assert sentence == f"{japanese(value)}です。" == f"{words}です。"
    kept = json.loads(json.dumps(as_json(sentence)))
    assert kept["sentence"] == sentence
    assert again(kept["parts"]) == sentence
    assert as_json(again(kept["parts"])) == kept


def test_a_sentence_survives_being_copied_and_sent() -> None:
    sentence = run_on([say("「%(what)s」です。", what="机"), say("要ります。")])
    assert sentence == "「机」です。要ります。"
    assert sentence.parts == (("「%(what)s」です。", {"what": "机"}), ("要ります。", {}))
    for other in (copy.deepcopy(sentence), pickle.loads(pickle.dumps(sentence))):
        assert (type(other), other, other.parts) == (Sentence, sentence, sentence.parts)
    assert as_json("ただの文です。") == {"sentence": "ただの文です。", "parts": []}


def sentences_of_a_town() -> list[str]:
    """What the engine tells of some hundred made-up pairs and teams, bent so that every signal has its say."""
    rows, draw = list(postings(300, seed=3)), random.Random(5)
    needs = [row for row in rows if row.side == "need"]
    offers = [row for row in rows if row.side == "offer"]
    told: list[str] = []
    for number in range(300):
        one, other = draw.choice(needs), draw.choice(offers)
        if number % 2:
            other = offer(
                **{name: getattr(other, name) for name in ("ref", "title", "body", "lines", "fields")},
                areas=one.areas,
                town=one.town,
                windows=one.windows if number % 3 else (),
                credentials=(Credential(kind="endorsement", issuer="みそら県", until=date(2027, 3, 31)),),
                responsiveness_days=draw.choice([1.0, 25.0]),
            )
        pair = Pair(need=one, offer=other, wording=0.2, meaning=0.1)
        told += [signal.sentence(pair) for signal in SIGNALS.values() if signal.value(pair) > 0]
        told += [text for blocker in why_not(one, other) for text in (blocker.sentence, blocker.change)]
    lines = (
        Line(resource="place", what="調理室", amount=30, unit="capacity"),
        Line(resource="people", amount=8, unit="people"),
    )
    givers = [
        offer(ref="o1", actor="a1", lines=lines[:1]),
        offer(ref="o2", actor="a2", lines=(Line(resource="people", amount=3, unit="people"),)),
    ]
    for team in teams(need(lines=lines), givers, wording={}):
        told += [*team.sentences, *(each.sentence for each in (*team.members, *team.missing))]
    return told


def test_whatever_is_told_can_be_told_again_from_its_parts() -> None:
    told = [sentence for sentence in sentences_of_a_town() if sentence]
    assert len(set(told)) > 300
    assert [sentence for sentence in told if again(as_json(sentence)["parts"]) != sentence] == []
