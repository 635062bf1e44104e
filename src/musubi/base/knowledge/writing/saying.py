"""An advice: the place it speaks of, one sentence, and where possible what to write instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .kinds import WEIGHT, Question, Rule

_SENTENCES: Final[Mapping[Rule, Promise]] = {
    Rule.PHONE: _("電話番号のようです。だれでも見てよい番号ですか。個人の番号なら、消してください。"),
    Rule.MAIL: _("メールアドレスのようです。だれでも見てよいものですか。個人のものなら、消してください。"),
    Rule.ADDRESS: _("番地のようです。だれかの家なら、町の名前までにしてください。"),
    Rule.PERSON: _("人の名前のようです。載せてよいと、本人から聞いていますか。"),
    Rule.PICTURE_EMPTY: _("これだけでは、写真を見られない人に伝わりません。写っているものを書いてください。"),
    Rule.PICTURE_TITLE: _("題名と同じです。写真に写っているものを書いてください。"),
    Rule.DOUBLE_NEGATIVE: _("打ち消しが重なっています。「できます」「だけ」のように言うと、早く伝わります。"),
    Rule.LONG_SENTENCE: _("一つの文が%(letters)d文字あります。「。」で二つに分けると、読みやすくなります。"),
    Rule.KATAKANA: _("知らない人もいることばです。日本語で言うか、説明を付けてください。"),
    Rule.SIGN: _("機械によっては、正しく出ない文字です。ほかの書き方にしてください。"),
    Rule.PICTOGRAM: _("絵文字は、読み上げると長くなります。なくても伝わる文にしてください。"),
    Rule.RARE_KANJI: _("機械によっては、出ない字です。お名前なら、このままでかまいません。"),
    Rule.KANJI_SHARE: _(
        "漢字が多く、かたく見えます。ひらがなで言えるところは、やさしいことばにしてください。"
    ),
}
_MISSING: Final[Mapping[Question, Promise]] = {
    Question.WHO: _("だれのことか、だれのためかも書くと、伝わりやすくなります。"),
    Question.WHEN: _("いつのことか、いつからかも書くと、伝わりやすくなります。"),
    Question.WHERE: _("どこでのことかも書くと、伝わりやすくなります。"),
    Question.HOW_MUCH: _("いくらかかるか、どのくらい要るかも書くと、伝わりやすくなります。"),
    Question.WHOM: _("だれに聞けばよいかも書くと、伝わりやすくなります。"),
}


@dataclass(frozen=True)
class Advice:
    """`quote` is the place as it was written, `instead` Japanese words to write for it; either may be empty."""

    rule: Rule
    at: int
    quote: str = ""
    instead: str = ""
    letters: int = 0
    question: Question | None = None

    @property
    def sentence(self) -> str:
        """What to do, in the reader's language."""
        if self.question is not None:
            return str(_MISSING[self.question])
        values: dict[str, Any] = {"letters": self.letters}
        return str(_SENTENCES[self.rule]) % values

    @property
    def weight(self) -> tuple[int, int]:
        """What comes first: personal data, then what is missing, then how it is said."""
        return WEIGHT[self.rule], self.at
