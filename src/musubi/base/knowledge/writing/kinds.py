"""What kinds of text there are, what belongs to each, and what is looked at in which part of it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Question(StrEnum):
    """What a reader asks first."""

    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    HOW_MUCH = "how_much"
    WHOM = "whom"


class Kind(StrEnum):
    """What is being written."""

    NEED = "need"
    OFFER = "offer"
    ISSUE = "issue"
    STORY = "story"
    ACTOR = "actor"
    PROJECT = "project"
    OTHER = "other"


class Part(StrEnum):
    """Which part of it a field holds."""

    TITLE = "title"
    BODY = "body"  # the text that should answer the kind's questions
    TEXT = "text"  # any further text in sentences
    LINE = "line"  # one thing in a few words
    NAME = "name"  # what somebody or something is called
    PLACE = "place"  # a town, a landmark
    CONTACT = "contact"  # an address that is meant to be public
    PICTURE = "picture"  # what is to be seen on a picture
    VOICE = "voice"  # the words of somebody who was asked: only what may harm is spoken of


class Rule(StrEnum):
    """What an advice is about, the most important first."""

    PHONE = "phone"
    MAIL = "mail"
    ADDRESS = "address"
    PERSON = "person"
    PICTURE_EMPTY = "picture_empty"
    PICTURE_TITLE = "picture_title"
    MISSING = "missing"
    DOUBLE_NEGATIVE = "double_negative"
    LONG_SENTENCE = "long_sentence"
    KATAKANA = "katakana"
    SIGN = "sign"
    PICTOGRAM = "pictogram"
    RARE_KANJI = "rare_kanji"
    KANJI_SHARE = "kanji_share"


WEIGHT: Final[Mapping[Rule, int]] = {rule: number for number, rule in enumerate(Rule)}

BELONGS: Final[Mapping[Kind, tuple[Question, ...]]] = {
    Kind.NEED: (Question.WHO, Question.WHEN, Question.WHERE, Question.HOW_MUCH, Question.WHOM),
    Kind.OFFER: (Question.WHEN, Question.WHERE, Question.HOW_MUCH, Question.WHOM),
    Kind.ISSUE: (Question.WHO, Question.WHEN, Question.WHERE),
    Kind.STORY: (Question.WHO, Question.WHEN, Question.WHERE, Question.WHOM),
    Kind.ACTOR: (Question.WHERE, Question.WHOM),
    Kind.PROJECT: (Question.WHO, Question.WHEN, Question.WHERE),
    Kind.OTHER: (),
}
"""The questions that a reader of such a text has; what a form asks in fields of its own it leaves out."""

PERSONAL: Final = frozenset({Rule.PHONE, Rule.MAIL, Rule.ADDRESS, Rule.PERSON})
_SIGNS = frozenset({Rule.SIGN, Rule.PICTOGRAM, Rule.RARE_KANJI})
_SENTENCES = frozenset({Rule.DOUBLE_NEGATIVE, Rule.LONG_SENTENCE, Rule.KANJI_SHARE})

LOOKED_AT: Final[Mapping[Part, frozenset[Rule]]] = {
    Part.TITLE: PERSONAL | _SIGNS | {Rule.KATAKANA},
    Part.BODY: PERSONAL | _SIGNS | _SENTENCES | {Rule.KATAKANA, Rule.MISSING},
    Part.TEXT: PERSONAL | _SIGNS | _SENTENCES | {Rule.KATAKANA},
    Part.LINE: PERSONAL | _SIGNS | {Rule.KATAKANA},
    Part.NAME: _SIGNS,
    Part.PLACE: frozenset({Rule.PHONE, Rule.ADDRESS, Rule.SIGN, Rule.RARE_KANJI}),
    Part.CONTACT: _SIGNS,
    Part.PICTURE: PERSONAL | _SIGNS | {Rule.PICTURE_EMPTY, Rule.PICTURE_TITLE},
    Part.VOICE: PERSONAL,
}
