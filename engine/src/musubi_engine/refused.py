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
_ENDS = (
    r"(?:できません|出来ません|できない(?:こと)?|お断り|不可|対象外|対象となりません|対象になりません"
    r"|(?:おり|い|あり|ござい|いたし|致し|使え|向き|伺え|受け(?:られ|かね)|入れ|いただけ|頂け)ません|受けかね|ご遠慮|禁止|厳禁|満室|満席|埋まり|準備中"
    r"|除く|除きます|別途|お受けしません|しません)"
)
_MAY_REFUSE = re.compile(_ENDS)
_REFUSES = re.compile(rf"[^。!?、「」()（）\n]{{1,40}}?{_ENDS}[^。!?、「」()（）\n]{{0,4}}")
# What is said in the form of a refusal and refuses nothing.
_REASSURES = re.compile(
    r"かまいません|構いません|問いません|いりません|要りません|かかりません|ではありません|ありませんか|ませんか|心配(?:は|も)?ありません"
    r"|差し支えありません|問題ありません|知れません|しれません|できないこと"
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

    rest = _REFUSES.sub(take, _LISTED.sub(take_list, known))
    return Said(rest, tuple(dict.fromkeys(refusals)))
