"""What a sentence quotes is what the screen says: a button, a link or a field by its own name, in each language."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.pofile import read_po
from tools.message_rules import quoted
from tools.messages import LOCALES, SOURCES, all_messages, path_of, source_files

# Quoted otherwise: what somebody types, says or reads elsewhere, and names of files.
NOT_A_NAME = {
    '"',
    "-",
    "0.1",
    "0000-00-0000",
    "13:30",
    "2",
    "2026",
    "30",
    "30人",
    "35",
    ".csv",
    "README.txt",
    "data.json",
    "files",
    "https://",
    "https://example.jp/",
    "namae@example.jp",
    "musubi init",
    "印刷",  # of the browser
    "こども食堂",
    "子ども食堂",
    "子供食堂",
    "公園の清掃",
    "お年寄りの話し相手",
    "公民館の会議室",
    "会議室",
    "自治会",
    "集まり",
    "夏祭り、高齢者、いす",
    "広い会場・ホール",
    "午後1時30分",
    "令和8",
    "年に4回まで",
    "相談して決めます",
    "そうだ",
    "これでよい",
    "取り消しがあった",
    "できます",  # how a sentence may end
    "だけ",
    "。",
    "夏祭り実行委員会",
    "後援：結浜市",
    "空き家を使う取り組み",
    "動きを減らす",  # of the device
    "準拠",
    "一部準拠",
    "対応度表記ガイドライン",
}
# A part of a label that says more: what follows or precedes it there.
PART_OF = {
    "確認しました": "%(actor)sとして確認しました",
    "まだ続けています": "はい、まだ続けています",
    "編集": "編集（投稿・プロフィール）",
    "ほかの町もさがす": "ほかの町もさがす（公開のもの）",
    "（区の全体）": "%(ward)s（区の全体）",
    "何の一つ": "何の一つか",
}
# Typed as it is written, or said in running words where the language needs no name.
SAID_OTHERWISE = {("en", "なし"), ("en", "、"), ("en", "できること"), ("en", "入る")}


@cache
def names() -> frozenset[str]:
    """Every message of the pages, read from the sources once; what a recipe quotes is no name of a page."""
    return frozenset(message.msgid for message in all_messages() if message.context != "recipe")


def quotations() -> Iterator[tuple[str, str]]:
    """Each sentence with what it quotes; names that only come when it is shown aside."""
    for msgid in names():
        for name in quoted(msgid):
            if "%(" not in name and "{" not in name:
                yield msgid, name


def test_what_is_quoted_is_the_name_of_something() -> None:
    known = names() | NOT_A_NAME | set(PART_OF)
    assert [(name, msgid) for msgid, name in quotations() if name not in known] == []
    found = {name for _msgid, name in quotations()}
    assert (NOT_A_NAME | set(PART_OF)) - found == set()
    assert set(PART_OF.values()) - names() == set()


@pytest.mark.parametrize("language", LOCALES)
def test_a_translation_quotes_the_translated_name(language: str) -> None:
    with path_of(LOCALES[language]).open("rb") as file:
        catalogue = read_po(file)
    said: dict[str, list[str]] = {}
    for row in catalogue:
        if row.id and row.context != "recipe":
            msgid = row.id if isinstance(row.id, str) else row.id[0]
            said.setdefault(msgid, []).extend([row.string] if isinstance(row.string, str) else row.string)
    wrong = []
    for msgid, name in quotations():
        if name in NOT_A_NAME | set(PART_OF) or (language, name) in SAID_OTHERWISE:
            continue
        labels = [label.strip("「」“”") for label in said[name]]
        wrong += [(name, labels, text) for text in said[msgid] if not any(label in text for label in labels)]
    assert wrong == []


def test_what_one_is_told_to_press_can_be_pressed() -> None:
    """A sentence that says 「…」を押す names a button, a link or a choice of a form, as it is written there."""
    pressed = re.compile(r"「([^「」%{]+)」(?:か「[^「」]+」)?を(?:もう一度)?押(?:し|す|せ|さ)")
    wanted = {name for msgid in names() for name in pressed.findall(msgid)} - NOT_A_NAME
    assert {"書き直す", "紹介する", "市に確認を頼む"} <= wanted
    assert {PART_OF.get(name, name) for name in wanted} - pressable() == set()


def pressable() -> set[str]:
    """The words of buttons and links in templates, and of what Python hands to them or offers as a choice."""
    button = re.compile(r'{% button _\("([^"]+)"\)')
    link = re.compile(r'(?:<a\b[^>]*>\s*{% translate "([^"]+)" %}|{% translate "([^"]+)" as label %})')
    asked = re.compile(r"{% blocktranslate asvar (?:label|confirm)[^%]*%}\s*([^{}]*{{[^}]*}}[^{}]*?)\s*{%")
    handed = re.compile(r'(?:"confirm_label": |[lL]abel=|\(|, |= )_\(\s*"([^"]+)"')
    found: set[str] = set()
    for path in source_files():
        text = path.read_text()
        if path.suffix == ".py":
            if path.is_relative_to(SOURCES / "web") or path.name.startswith("enums"):
                found |= set(handed.findall(text))
        else:
            found |= set(button.findall(text)) | {one or other for one, other in link.findall(text)}
            found |= {re.sub(r"{{ (\w+) }}", r"%(\1)s", label) for label in asked.findall(text)}
    return found
