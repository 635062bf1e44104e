"""Every word on screen in three languages: docs/adr/0010-three-locales.md, docs/words.md."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from tools.message_rules import hard_words, lost, wrong_in_easy, wrong_in_english
from tools.messages import (
    FUNCTIONS,
    LOCALES,
    ROOT,
    SOURCES,
    all_messages,
    is_translated,
    messages_in,
    path_of,
    source_files,
)

from musubi.config.lent_words import LENT

JAPANESE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff01-\uff60]")
"""Japanese letters, and the signs that join words in Japanese: 「、」, 「：」, 「（」, 「〜」, 「・」 and their like."""
# What only operators see, what the demonstration's people say, and the patterns by which Japanese texts are read.
JAPANESE_ONLY = ("config/", "demo/", "base/knowledge/writing/")
# What is Japanese whatever the page's language: by file, the names at its top in which it may stand.
JAPANESE_WITHIN = {
    "base/audit/services.py": ("KEPT_COMMA",),
    "base/common/corporate_number.py": ("without_separators",),
    "base/common/languages.py": ("LANGUAGES",),  # the languages' own names
    "base/files/tables/values.py": ("DASHES",),
    "base/index/adapter/marking.py": ("_NUMBER", "_ALSO", "_written", "_number", "_letter"),  # letters alike
    "base/knowledge/adapter/names.py": ("_TITLED", "_PAUSE", "_KANJI", "(_PERSON, _SURNAME)"),
    "base/knowledge/queries/quoting.py": ("_QUOTED", "_SENTENCE", "_NOT_THERE"),  # the engine's sentences
    "base/knowledge/services/searches.py": ("_PERSONAL",),
    "base/notify/mailbox.py": ("_print",),  # the demonstration's terminal
    "base/places/queries.py": ("DIVISIONS",),  # endings of places' names
    "flow/actors/queries/readings.py": ("LEGAL_FORMS", "ADDED"),
    "flow/actors/services/profile.py": ("VEILED",),  # the audit log's own sign for what it does not keep
    "flow/leaving/queries/fates.py": ("Fate",),  # the name of a row, in a table for programmers
    "flow/outcomes/queries/figures.py": ("FULL_STOPS",),
    "flow/projects/services/running.py": ("review_project",),  # the first line of a kept record
    "web/design/accent.py": ("shades_of",),  # told to whoever starts the server
    "web/design/fields.py": ("DEFAULT_UNITS", "AmountField"),  # units that may stand behind a number
    "web/design/gallery.py": ("TEXT", "ADVISED", "wrong_form", "shown"),  # sample content
    # how people write dates, times and amounts
    "web/design/reading.py": (
        "ERAS",
        "_YEAR",
        "_CLOCK",
        "_AMOUNT",
        "read_year",
        "read_date",
        "read_time",
        "read_amount",
    ),
    "web/design/ruby.py": ("_KANJI", "_RUBY", "_BESIDE", "_over", "_behind"),
    "web/design/terms.py": ("_words",),
    "web/design/tongues.py": ("RUN",),
    "web/design/wording.py": ("era_year",),
    "web/public/accessibility/names.py": ("NAMES",),  # the criteria's own names, shown in both languages
    "web/public/search/asked.py": ("_WITHIN",),
    "web/shared/paper/answers.py": ("_named",),  # signs of a file's name
    "web/shared/paper/fonts.py": ("MISSING_TYPE", "Fitting"),  # a letter that a font lacks
    "web/shared/similar.py": ("_ENDINGS",),  # endings of Japanese verbs
    "web/workspace/actors/forms.py": ("ActorForm",),  # dashes of a telephone number
    "web/workspace/agreements/changes.py": ("WORDS",),  # kinds of letters
    "web/workspace/agreements/paper.py": ("TO_FILL_IN",),
    "web/workspace/evaluations/forms.py": ("UNITS",),
}
PIECE = re.compile(r"^(を|の(?!せた)|で、|なら、|ことができ|件の|さん)|、$")
"""How a piece of a sentence begins or ends: what is around it, a link or a name, belongs into the message."""


def catalogue(language: str) -> Catalog:
    with path_of(LOCALES[language]).open("rb") as file:
        return read_po(file)


def forms_of(row: Message) -> tuple[str, str, list[str]]:
    msgid, plural = row.id if isinstance(row.id, tuple) else (row.id, "")
    return msgid, plural, [row.string] if isinstance(row.string, str) else list(row.string)


@pytest.mark.parametrize("language", LOCALES)
def test_every_message_of_the_sources_is_translated(language: str) -> None:
    rows = {(row.context or "", *forms_of(row)[:2]): row for row in catalogue(language) if row.id}
    wanted = {message.key for message in all_messages()}
    assert wanted - set(rows) == set(), "run: make messages"
    assert set(rows) - wanted == set(), "run: make messages"
    assert [key[1] for key, row in rows.items() if not is_translated(row)] == []
    assert [key[1] for key, row in rows.items() if row.fuzzy] == [], (
        "look each through and take its `fuzzy` away"
    )


@pytest.mark.parametrize("language", LOCALES)
def test_a_translation_keeps_what_the_program_needs(language: str) -> None:
    rows = [forms_of(row) for row in catalogue(language) if row.id and is_translated(row)]
    assert {
        msgid: found for msgid, plural, forms in rows if (found := list(lost(msgid, plural, forms)))
    } == {}


def test_english_is_english_and_easy_japanese_is_easy() -> None:
    found = {}
    for language, wrong in (("en", wrong_in_english), ("ja-easy", wrong_in_easy)):
        for row in catalogue(language):
            if row.id and is_translated(row):
                msgid, _plural, forms = forms_of(row)
                if faults := [fault for form in forms for fault in wrong(form)]:
                    found[language, msgid] = faults
    assert found == {}


def test_the_rules_find_what_they_are_for() -> None:
    def faults(text: str) -> str:
        return " ".join(wrong_in_easy(text))

    assert faults("名前を書いてください。\nあとで%(name)sさんに電話します。") == ""
    assert faults("協定〈長く続ける約束〉を作ります。") == ""
    assert "協定 without" in faults("協定を作ります。")
    assert "中間支援 without" in faults("中間支援のグループです。")
    assert "double negative" in faults("できないわけではありません。")
    assert "double negative" in faults("名前を書かなければなりません。")
    assert "humble" in faults("書いていただきます。")
    assert "です・ます" in faults("名前を書く。")
    assert "61 letters" in faults("あ" * 56 + "ています。")
    assert list(wrong_in_english("Write “みなと町” in Japanese.")) == []
    assert list(wrong_in_english("みなと町")) != []
    assert list(wrong_in_english("Needs（3）")) != []
    assert list(lost("%(a)sと%(b)s", "", ["%(b)s and %(a)s"])) == []
    assert list(lost("%(a)sと%(b)s", "", ["%(b)s"])) != []
    assert list(lost("%(n)s件", "%(n)s件", ["one result", "%(n)s results"])) == []
    assert list(lost("%(n)s件", "%(n)s件", ["one result", "some results"])) != []
    assert list(lost("\n<b>名</b>", "", ["<b>name</b>"])) != []
    assert len(hard_words()) > 60


def test_messages_are_found_wherever_they_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.messages.ROOT", tmp_path)
    python, page = tmp_path / "one.py", tmp_path / "one.html"
    python.write_text(
        'X = _("一" "二")\ny = pgettext_lazy("月", "三")\nz = ngettext("%(n)d人", "%(n)d人たち", n) % {"n": _("四")}\n'
    )
    page.write_text(
        "<p>\n    {% translate '五' context '日' %}\n  {% blocktranslate count n=x with y=_('六') trimmed %}\n"
        "      {{ n }}個\n        の{{ y }}\n    {% plural %}\n   {{ n }}個の{{ y }}\n  {% endblocktranslate %}\n"
        '{% button _("七") %}{{ _("八")|upper }}{{ x|default:_("九") }}{# Translators: short #}\n{% translate "10%" %}</p>'
    )
    assert [found.key for found in messages_in(python)] == [
        ("", "一二", ""),
        ("月", "三", ""),
        ("", "%(n)d人", "%(n)d人たち"),
        ("", "四", ""),
    ]
    assert [found.key for found in messages_in(page)] == [
        ("日", "五", ""),
        ("", "六", ""),
        ("", "%(n)s個 の%(y)s", "%(n)s個の%(y)s"),
        ("", "七", ""),
        ("", "八", ""),
        ("", "九", ""),
        ("", "10%%", ""),
    ]


def test_the_engines_patterns_are_messages_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.messages.ROOT", tmp_path)
    monkeypatch.setattr("tools.messages.ENGINE", tmp_path)
    python = tmp_path / "signal.py"
    python.write_text(
        'A = pattern("一")\nb = say("%(what)sです。", what=say("二"))\nc = say(A)\n'
        'd = say("%(number)s日です。", number=3)\ne = _("三")\n'
    )
    assert [found.key for found in messages_in(python)] == [
        ("", "一", ""),
        ("", "%(what)sです。", ""),
        ("", "二", ""),
        ("", "%(number)s日です。", "%(number)s日です。"),
    ]


def parsed() -> Iterator[tuple[str, ast.Module]]:
    for path in source_files():
        if path.suffix == ".py":
            yield str(path.relative_to(SOURCES)), ast.parse(path.read_text())


def function_of(node: ast.AST) -> str:
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def test_no_japanese_sentence_is_left_unmarked_in_python() -> None:
    """Docstrings, help texts for programmers and the units that a number field reads aside."""
    found = [
        f"{name}:{node.lineno}: {node.value}"
        for name, top, node in unmarked()
        if top not in JAPANESE_WITHIN.get(name, ())
    ]
    assert found == []


def test_what_may_be_japanese_still_is() -> None:
    used = {(name, top) for name, top, _node in unmarked()}
    named = {(name, top) for name, tops in JAPANESE_WITHIN.items() for top in tops}
    assert named - used == set()


def unmarked() -> Iterator[tuple[str, str, ast.Constant]]:
    """Every text with Japanese letters or signs outside a message: its file, the name it stands in, and itself."""
    for name, tree in parsed():
        if name.startswith(JAPANESE_ONLY):
            continue
        for statement in tree.body:
            aside = set()
            for node in ast.walk(statement):
                if function_of(node) in FUNCTIONS:
                    aside |= {id(part) for argument in node.args for part in ast.walk(argument)}
                if isinstance(node, ast.Expr):
                    aside.add(id(node.value))
                if isinstance(node, ast.keyword) and node.arg in ("help_text", "units"):
                    aside |= {id(part) for part in ast.walk(node.value)}
            for node in ast.walk(statement):
                is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
                if is_text and id(node) not in aside and JAPANESE.search(node.value):
                    yield name, name_of(statement), node


def name_of(statement: ast.stmt) -> str:
    """What a statement at the top of a module defines."""
    if isinstance(statement, ast.Assign):
        return ast.unparse(statement.targets[0])
    if isinstance(statement, ast.AnnAssign):
        return ast.unparse(statement.target)
    return getattr(statement, "name", "")


def test_no_japanese_sentence_is_left_unmarked_in_templates() -> None:
    marked = re.compile(
        r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|{%\s*blocktranslate\b.*?endblocktranslate\s*%}"
        r"|{%\s*translate\s.*?%}|_\((['\"]).*?\1\)|Musubi 結び",
        re.DOTALL,
    )
    opening = re.compile(r"{%\s*blocktranslate\b.*?%}", re.DOTALL)  # `with names=names|join:"、"`
    found = []
    for path in source_files():
        if path.suffix != ".py" and path.name != "500.html":
            text = path.read_text()
            rest = marked.sub("", text) + "\n".join(marked.sub("", tag) for tag in opening.findall(text))
            found += [
                f"{path.relative_to(ROOT)}: {line.strip()}"
                for line in rest.split("\n")
                if JAPANESE.search(line)
            ]
    assert found == []


def test_no_message_is_a_piece_of_a_sentence() -> None:
    """Cut around a link or a name, a sentence cannot be turned round as other languages need."""
    joining = "src/musubi/base/common/joining.py"
    assert [
        message.msgid
        for message in all_messages()
        if PIECE.search(message.msgid) and message.files != {joining} and message.context != "recipe"
    ] == []
    assert PIECE.search("の合意書を書く")
    assert PIECE.search("退会すると、元に戻せません。その前に、")
    assert not PIECE.search("のせたもの")


def test_what_is_lent_by_django_is_what_django_says() -> None:
    theirs = Path(django.__file__).parent / "conf/locale/ja/LC_MESSAGES/django.po"
    with theirs.open("rb") as file:
        said = {row.id for row in read_po(file)}
    assert set(LENT) - said == set()


def test_words_are_looked_up_when_they_are_shown() -> None:
    """`gettext` while a module loads would keep the words of whoever came first; other names would not be found."""
    eager, renamed = [], []
    for name, tree in parsed():
        at_once = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
                for alias in node.names:
                    if alias.name in FUNCTIONS and (alias.asname or alias.name) not in FUNCTIONS:
                        renamed.append(f"{name}: {alias.name} as {alias.asname}")
                    if alias.name in ("gettext", "ngettext", "pgettext", "npgettext"):
                        at_once.add(alias.asname or alias.name)
        eager += [f"{name}:{node.lineno}" for node in while_loading(tree) if function_of(node) in at_once]
    assert (eager, renamed) == ([], [])


def while_loading(tree: ast.AST) -> Iterator[ast.AST]:
    """What runs when the module is imported: everything outside functions, with their defaults and decorators."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            arguments = node.args
            for part in [
                *arguments.defaults,
                *filter(None, arguments.kw_defaults),
                *getattr(node, "decorator_list", []),
            ]:
                yield from ast.walk(part)
        else:
            yield node
            yield from while_loading(node)


def test_what_people_are_told_is_told_in_their_own_language() -> None:
    """A public function of a stage's notifications that looks up words runs once for each language."""
    bare = []
    for name, tree in parsed():
        if not re.match(r"flow/\w+/notifications", name):
            continue
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                words = any(function_of(part) in FUNCTIONS for part in ast.walk(node))
                marked = any(ast.unparse(part) == "in_readers_language" for part in node.decorator_list)
                if words and not marked:
                    bare.append(f"{name}: {node.name}")
    assert bare == []
