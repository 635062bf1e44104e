"""Words that may be kept, told from names of people; and names of people in a text."""

import re

from musubi_engine.knowledge.names import may_name_person
from musubi_engine.text.sudachi import Part, parts_of, words_installed

__all__ = ["may_name_person", "names_with_titles"]

_TITLED = re.compile(r"([一-鿿々ヶぁ-んァ-ヺ]{1,8}?)(?:さん|様|氏|くん|君|ちゃん)(?![一-鿿々])")
_PAUSE = re.compile(r"[。、！？・（）「」\s]")
_WINDOW = 40
_KANJI = re.compile("[一-鿿々]")
_PERSON, _SURNAME = "人名", "姓"


def names_with_titles(text: str) -> list[tuple[int, str]]:
    """(place, name) of the people whom a text names with さん, 様 or 氏; empty without the extra `words`.

    The dictionary decides: 佐藤さん is a person, 皆さん and 八百屋さん are not.
    """
    if not words_installed():
        return []
    found = []
    for match in _TITLED.finditer(text):
        end = match.end(1)
        # From the last pause on: a window that cuts a word (保健師 → 健師) would make a name of it.
        before = _PAUSE.split(text[max(0, end - _WINDOW) : end])[-1]
        words = parts_of(before + text[end : match.end()])
        at = max((i for i, word in enumerate(words) if _ends_at(words, i, match)), default=-1)
        if at >= 0 and _PERSON in words[at].speech:
            name = words[at].surface
            if at and _SURNAME in words[at - 1].speech:
                name = words[at - 1].surface + name
            elif at and _KANJI.match(words[at - 1].surface[-1]):
                continue  # the end of a longer word: 保健師
            found.append((end - len(name), name + text[end : match.end()]))
    return found


def _ends_at(words: tuple[Part, ...], index: int, match: re.Match[str]) -> bool:
    """Whether this word is the one before the title."""
    behind = sum(len(word.surface) for word in words[index + 1 :])
    return behind == match.end() - match.end(1)
