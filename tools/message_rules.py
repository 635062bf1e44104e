"""What a translation must keep, and how やさしい日本語 is written: docs/words.md. Used by the tests and by whoever translates."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

WORDS = Path(__file__).resolve().parents[1] / "docs/words.md"
HARD_WORDS_TITLE = "## むずかしいことばと、その言い方"

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")
TAG = re.compile(r"</?\w+")
MARKUP = re.compile(r"<[^<>]*>")
JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
FULL_WIDTH = re.compile(r"[\u3000-\u303f\uff01-\uff60]")
NAMES = re.compile(r"結び|やさしい日本語|日本語|“[^”]*”")
"""May stand in an English sentence: Musubi's own names, and between “ ” what is to be typed or found in Japanese."""

LONGEST_SENTENCE = 60
EXPLANATION = re.compile(r"〈[^〉]*〉")
POLITE = re.compile(
    r"(ます|ません|ました|ませんでした|です|でした|ください|ましょう|でしょう|ます?か|ませんか|ですか|でしたか|ましたか|%\(\w+\)[sd])$"
)
DOUBLE_NEGATIVE = re.compile(
    r"な(い|く)(わけ|こと|もの|人)?(では|には|じゃ|は|も)(ない|なく|ありません|いません)"
    r"|なければ(なりません|ならない|いけません|いけない)|ないと(いけません|いけない|だめ)|ざるを得|ずには"
)
HUMBLE = re.compile(
    r"いただ|(?<!ありがとう)(?<!おめでとう)ございま|申し上げ|存じ|おります|いたし|いたしま|恐れ入|かねます|なさって|くださいませ"
)


def lost(msgid: str, plural: str, forms: list[str]) -> Iterator[str]:
    """What the translation dropped or added that the program needs. The form for one may say the number as a word."""
    for number, form in enumerate(forms):
        source = plural or msgid
        wanted, given = set(PLACEHOLDER.findall(source)), set(PLACEHOLDER.findall(form))
        may_lack = bool(plural) and number < len(forms) - 1
        if given - wanted or (wanted - given and not may_lack):
            yield f"placeholders {sorted(wanted)} became {sorted(given)}"
        if sorted(TAG.findall(source)) != sorted(TAG.findall(form)):
            yield "the HTML tags differ"
        for end in ("startswith", "endswith"):
            if getattr(source, end)("\n") != getattr(form, end)("\n"):
                yield f"a line break differs ({end})"


def wrong_in_english(text: str) -> Iterator[str]:
    """Japanese letters or full-width signs left over."""
    rest = NAMES.sub("", text)
    if JAPANESE.search(rest) or FULL_WIDTH.search(rest):
        yield "Japanese letters or full-width signs (put what is Japanese on purpose between “ ”)"


@cache
def hard_words() -> dict[str, str]:
    """Each hard word and its plain explanation, from the table in docs/words.md; the longest first."""
    table = WORDS.read_text().split(HARD_WORDS_TITLE)[1].split("\n## ")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.split("\n") if line[:1] == "|"
    ]
    words = {row[0]: row[1] for row in rows[2:]}
    return dict(sorted(words.items(), key=lambda row: -len(row[0])))


def sentences(text: str) -> list[str]:
    """The sentences and labels of a text, without explanations; each still has its end where it had one."""
    plain = MARKUP.sub("", EXPLANATION.sub("", text))
    return [part.strip() for part in re.split(r"(?<=[。！？])|\n", plain) if part.strip()]


def quoted(text: str, opening: str = "「", closing: str = "」") -> list[str]:
    """What stands between quotation marks, the outermost ones."""
    found, depth, start = [], 0, 0
    for place, sign in enumerate(text):
        if sign == opening:
            start = start if depth else place + 1
            depth += 1
        elif sign == closing and depth:
            depth -= 1
            if not depth:
                found.append(text[start:place])
    return found


def wrong_in_easy(text: str) -> Iterator[str]:
    """Where a translation into やさしい日本語 is not: long, negated twice, humble, plain form, or with a bare hard word."""
    for sentence in sentences(text):
        length = len(PLACEHOLDER.sub("○○○○", sentence))
        if length > LONGEST_SENTENCE:
            yield f"a sentence of {length} letters (at most {LONGEST_SENTENCE}): {sentence}"
        if sentence.endswith("。") and not POLITE.search(sentence.rstrip("。）」』 ")):
            yield f"does not end in です・ます: {sentence}"
    if found := DOUBLE_NEGATIVE.search(text):
        yield f"a double negative: {found[0]}"
    if found := HUMBLE.search(text):
        yield f"humble words: {found[0]}"
    rest = text
    for word, explanation in hard_words().items():
        if word in rest and f"{word}〈" not in rest:
            yield f"{word} without its explanation: say 「{explanation}」, or write {word}〈{explanation}〉"
        rest = rest.replace(word, "")
