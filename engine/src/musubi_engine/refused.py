"""What a text says it does not do, apart from what it does.

「火は使えません」 must not make a kitchen of a room, nor 「車両の貸出はしていません」 a lender of cars:
such phrases are read as refusals, and the rest of the text as what is said.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from musubi_engine.reading import surface

_CACHE: Final = 4096
# What one is asked not to do with a thing or in a place; 「忘れないでください」 and 「遠慮しないでください」 refuse nothing,
# and whoever is told 「お気になさらないでください」 or 「気を使わないでください」 is welcome.
_DOING = (
    r"(?:入ら|はいら|上がら|あがら|立ち入ら|立入ら|乗ら|(?<!(?<![火電蒸])気を)(?:使わ|つかわ)|触ら|さわら|食べ|飲ま|吸わ|焚か|たか|停め|入れ"
    r"|(?:持ち|持|もち)(?:込ま|こま|出さ)|乗り入れ|連れて(?:来|こ)|(?:利用|使用|入室|入場|入館|来場|飲食|喫煙|駐車|駐輪|持参|撮影|演奏|調理|販売|勧誘)し"
    r"|お(?:使い|つかい|入り|はいり|立ち入り|上がり|あがり|乗り|触り|持ち込み|持込み|持ち出し|召し上がり|停め|連れ)(?:になら|なさら))"
)
# 「てはいけません」 refuses the use of a thing or a place; of anything else it tells a need (「祭りを絶やしてはいけません」).
_DONE = (
    r"(?<!が)(?:入って|はいって|上がって|あがって|立ち入って|立入って|乗って|(?<!(?<![火電蒸])気を)(?:使って|つかって)|触って|さわって"
    r"|食べて|飲んで|吸って|焚いて|をたいて|停めて|を入れて|(?:持ち|持|もち)(?:込んで|こんで|出して)|乗り入れて|連れて(?:来|き)て"
    r"|(?:利用|使用|入室|入場|入館|来場|飲食|喫煙|駐車|駐輪|持参|撮影|演奏|調理|販売|勧誘)して)"
)
_ENDS = (
    r"(?:できません|出来ません|できない(?:こと)?|お断り|不可|対象外|対象となりません|対象になりません"
    r"|(?:おり|い|あり|ござい|いたし|致し|使え|向き|伺え|受け(?:られ|かね)|入れ|上がれ|あがれ|いただけ|頂け)ません"
    r"|[おご][^。、\s]{1,5}になれません"
    rf"|{_DONE}はいけません"
    r"|受けかね|(?:でき|出来|[しきりけ])かね(?:ます|る)|禁止|厳禁|満室|満席|埋まり|準備中"
    r"|ご遠慮(?!な[くい]|無[くい]|せず|しない|なさら|なさいません|(?:は|には)?(?:いり|要り|不要|無用|及び|および|必要(?:は|も)?(?:あり|な)))"
    r"|お?控え(?:て)?(?:ください|下さい|願|いただ|頂)"
    rf"|お?やめ(?:て)?(?:ください|下さい)|{_DOING}ないで(?:ください|下さい|ほしい|いただ|頂)"
    r"|除く|除きます|別途|お受けしません|しません)"
)
# Behind 「貸出不可の」 and 「使用禁止の」 stands what is refused itself; 「火気使用不可の」 says what else is.
_ITSELF = (
    r"(?P<itself>(?=は?[不禁厳お])(?:(?<=出)|(?<=出し)|(?<=貸与)|(?<=レンタル)|(?<=(?<![^\s・/])[利使]用)|(?<=(?<![^\s・/])ご[利使]用)"
    r"|(?<=(?:現在|当面|一般)[利使]用))は?(?:不可|禁止|厳禁|お断り)(?=の))"
)
# What follows belongs to the ending (です, とします), but not the room behind 「火気厳禁の」, nor another clause.
_AFTER = r"[^。!?、「」()（）\n]{0,4}"
_TAIL = rf"(?(itself){_AFTER}|(?:(?:もの)?でしょうか|(?<=[止禁可り])の|(?<=ません)が|{_AFTER}))"
_CLAUSE = re.compile(r"[^。!?、「」()（）\n]+\??")
# A part of every ending, quick to look for: most clauses refuse nothing.
_MAY_REFUSE = re.compile(
    r"ません|できない|ないで|お断り|不可|対象外|かね|禁止|厳禁|満室|満席|埋まり|準備中|ご遠慮|控え|やめ|除く|別途"
)
_REFUSES = re.compile(rf"[^。!?、「」()（）\n]{{1,40}}?(?:{_ITSELF}|{_ENDS}){_TAIL}\??")
# What is said in the form of a refusal and refuses nothing; a question asks for what it names.
_REASSURES = re.compile(
    r"かまいません|構いません|問いません|いりません|要りません|かかりません|ではありません|心配(?:は|も)?ありません"
    r"|差し支えありません|問題ありません|知れません|しれません|できないこと|でしょうか|\?$"
    r"|ませんか(?!ら)|ご遠慮(?:なさいません|(?:は|の)?必要(?:は|も)?ありません)|ない(?:もの)?か(?![らもた]|ぎり|わり)"
)
_LISTED = re.compile(r"できないこと\s*[::]\s*([^。\n]+)")


@dataclass(frozen=True, slots=True)
class Said:
    """A text in two parts, in one width and case."""

    rest: str
    refusals: tuple[str, ...]


@lru_cache(maxsize=_CACHE)
def split_refusals(text: str) -> Said:
    """The phrases of a text that refuse something, and what is left without them."""
    known = surface(text)
    if _MAY_REFUSE.search(known) is None:
        return Said(known, ())
    refusals: list[str] = []

    def take(match: re.Match[str]) -> str:
        if _REASSURES.search(match[0]):
            return match[0]
        refusals.append(match[0].strip())
        return " "

    def take_list(match: re.Match[str]) -> str:
        refusals.append(match[0].strip())
        return " "

    def read_clause(match: re.Match[str]) -> str:
        return _REFUSES.sub(take, match[0]) if _MAY_REFUSE.search(match[0]) else match[0]

    rest = _CLAUSE.sub(read_clause, _LISTED.sub(take_list, known))
    return Said(rest, tuple(dict.fromkeys(refusals)))
