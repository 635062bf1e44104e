"""Which of a reader's questions a text does not touch. It errs towards silence: one word of the kind is enough."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from .kinds import BELONGS, Kind, Question, Rule
from .saying import Advice

SHORTEST: Final = 25  # letters: below this somebody has only just begun
MOST: Final = 2
_ANSWERS: Final[Mapping[Question, re.Pattern[str]]] = {
    Question.WHO: re.compile(
        "人|者|子|主|方[々がにをのはも]|子ども|子供|こども|児童|生徒|学生|[小中高]学?生|親|父母|保護|お年寄り|高齢|シニア|住民|[市区町村県]民"
        "|家族|家庭|世帯|会員|メンバー|スタッフ|ボランティア|参加|団体|グループ|チーム|町内会|自治会|商店|学校|大学|会社|企業|部会|会[がはでを]"
        "|みな?さん|みんな|皆|どなた|だれ|誰|私|わたし|自分|僕|男性|女性|患者|障[害が]|障がい|外国|仲間|近所|隣|若者|青年|赤ちゃん|ママ|パパ"
        "|歩行|利用|お客|職員|社員|先生|講師|車[いイ]す|犬|猫|留学|移住|不登校|ひとり|一人"
    ),
    Question.WHEN: re.compile(
        "[年月日曜時週夜昼朝夕春夏秋冬]|午[前後]|毎|いつ|今|昨|来[年月週]|以前|前から|最近|先日|ずっと|このごろ|近ごろ|頃|ごろ|年度|平日|休日|祝"
        "|連休|最初|はじめ|始め|もうすぐ|随時|定期|ときどき|時々|一度|[0-9０-９]回|期間|後|雨|雪|台風|放課|当面|すぐ|急"
    ),
    Question.WHERE: re.compile(
        "[町区市村丁県駅川橋道店館室所園校寺社坂池港海山]|通り|公園|センター|ホール|近く|近所|場所|会場|地域|地区|団地|広場|庭|家|自宅|現地|構内|オンライン"
        "|ここ|そこ|あちこち|出張|どこ|周辺|付近|北側|南側|東側|西側|前に"
    ),
    Question.HOW_MUCH: re.compile("[0-9０-９一二三四五六七八九十百千万数]|無料|有料|費|円|お金|金額|謝礼|負担|無償|いくら|たくさん|少し|何"),
    Question.WHOM: re.compile("連絡|問い?合わ?せ|担当|窓口|申し?込|電話|メール|聞いて|相談|お尋ね|おたずね|ご覧|声をかけ"),
}  # fmt: skip


def find_missing(text: str, beside: str, kind: Kind, asked: Collection[Question]) -> Iterator[Advice]:
    """The first two questions of this kind that neither the text nor what stands beside it answers.

    `asked`: what the form asks for in fields of its own.
    """
    if len(text.strip()) < SHORTEST:
        return
    whole = f"{beside}\n{text}"
    open_ones = [q for q in BELONGS[kind] if q not in asked and not _ANSWERS[q].search(whole)]
    for number, question in enumerate(open_ones[:MOST]):
        yield Advice(Rule.MISSING, number, question=question)
