"""Telephone numbers, mail addresses, house numbers and people's names, as people in Japan type them.

Numbers of public lines (0120, 110) and addresses of halls and offices are passed over. The rest is asked about, never
called wrong: a counter's own number may well be meant to be read by everybody.
"""

import re
from collections.abc import Iterator
from typing import Final

from ..adapter import names_with_titles
from .kinds import Rule
from .saying import Advice

_D: Final = "[0-9０-９]"
_DASH: Final = "[-‐‑‒–—―−ーｰ－]"
_GAP: Final = rf"(?:{_DASH}|[ 　()（）・.]){{0,2}}"
_PHONE: Final = re.compile(
    rf"(?<![0-9０-９.,/])(?:[(（]?[0０]|[+＋][8８][1１])(?:{_GAP}{_D}){{9,10}}(?!{_D}|{_GAP}{_D}{{3}})"
    rf"|(?:電話|℡|☎|[Tt][Ee][Ll]|ＴＥＬ|携帯|[Ff][Aa][Xx]|ファックス)[番号はも：:.\s　]{{0,4}}({_D}{{2,4}}{_DASH}{_D}{{4}})(?!{_D}|{_DASH}{_D})"
)
_FREE: Final = re.compile(r"(?:0120|0800|0570|0990)|0+$")
_MAIL: Final = re.compile(
    r"[A-Za-zＡ-Ｚａ-ｚ0-9０-９][\w.+%-]*\s?(?:[@＠]|[(（\[][@＠aaｔt]{1,2}[)）\]]|アットマーク)\s?"
    r"[A-Za-zＡ-Ｚａ-ｚ0-9０-９-]+(?:[.．][A-Za-zＡ-Ｚａ-ｚ0-9０-９-]+)+"
)
_N: Final = "[0-9０-９一二三四五六七八九十]"
_WORD: Final = "[一-鿿々ヶケぁ-んァ-ヺー]"
_COUNTED: Final = "[かヵヶケ箇歳才年月日時人名組班円台回本個枚階話期号号車学名位割分点番%％kmKMｋｍ〜～-]"
_ADDRESS: Final = re.compile(
    rf"(?P<a>{_WORD}{{0,10}}{_N}{{1,3}}丁目){_N}{{1,4}}(?:番|{_DASH}|の){_N}{{0,4}}(?:{_DASH}{_N}{{1,4}})?(?:番地?|号)?"
    rf"|(?P<b>{_WORD}{{1,10}}?){_N}{{1,5}}番地(?:の?{_N}{{1,4}})?"
    rf"|(?P<c>{_WORD}{{0,8}}[町区市村郡]{_WORD}{{0,8}}?){_D}{{1,4}}{_DASH}{_D}{{1,4}}(?:{_DASH}{_D}{{1,4}})?(?!{_D}|{_COUNTED})"
    rf"|(?P<d>{_WORD}{{2,10}}){_D}{{1,3}}{_DASH}{_D}{{1,3}}{_DASH}{_D}{{1,4}}(?!{_D}|{_COUNTED})"
    rf"|(?P<e>{_WORD}{{2,10}}(?:アパート|マンション|ハイツ|コーポ|荘))\s?(?:{_D}{{1,4}}号[室棟]|{_D}{{3,4}}(?!{_D}|{_COUNTED}))"
)
_PUBLIC_PLACE: Final = re.compile(
    "センター|会館|公民館|集会所|公園|学校|[小中高]校|大学|ホール|図書館|[美博][術物]館|体育館|文化館|プラザ|駅|神社|寺|役所|役場|倉庫"
    "|商店|店|事務所|事務局|本社|支店|営業所|工場|病院|医院|クリニック|園|広場|ビル|スタジオ|会場|[ァ-ヺー]ハウス|広間|庁舎"
)
_NEAR: Final = 24
_LEAD: Final = re.compile("[^0-9０-９]*[はがをにで家](?=[一-鿿ァ-ヺ])")  # 「わたしの家は」 before the place
_URL: Final = re.compile(r"https?://[^\s　）)」】]+")


def without_addresses(text: str) -> str:
    """The text with web addresses blanked, letter for letter: what stands in them is nobody's sentence."""
    return _URL.sub(lambda found: " " * len(found[0]), text)


def find_phones(text: str) -> Iterator[Advice]:
    for found in _PHONE.finditer(text):
        place = found[1] or found[0]
        digits = re.sub(r"\D", "", place.translate(_HALF))
        if not _FREE.match(digits):
            yield Advice(Rule.PHONE, found.start(), place.strip(" 　"))


def find_mails(text: str) -> Iterator[Advice]:
    for found in _MAIL.finditer(text):
        yield Advice(Rule.MAIL, found.start(), found[0])


def find_addresses(text: str) -> Iterator[Advice]:
    """House numbers; where a hall, a shop or an office is named beside them they are its own."""
    for found in _ADDRESS.finditer(text):
        around = _line_around(text, found.start(), found.end())
        if not _PUBLIC_PLACE.search(around):
            instead = "" if found["e"] else next((part for part in found.groups() if part), "")
            lead = _LEAD.match(found[0])
            cut = lead.end() if lead else 0
            yield Advice(Rule.ADDRESS, found.start() + cut, found[0][cut:], instead[cut:])


def find_people(text: str) -> Iterator[Advice]:
    """Surnames with さん, 様 or 氏; by the dictionary of the extra `words`, nothing without it."""
    for at, name in names_with_titles(text):
        yield Advice(Rule.PERSON, at, name)


def _line_around(text: str, start: int, end: int) -> str:
    before = text[max(0, start - _NEAR) : start].rpartition("\n")[2]
    after = text[end : end + _NEAR].partition("\n")[0]
    return f"{before}{text[start:end]}{after}"


_HALF: Final = str.maketrans("０１２３４５６７８９", "0123456789")
