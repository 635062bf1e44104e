"""`make messages`: finds every message in the sources and brings both catalogues up to date.

The engine has no gettext: its messages are what `musubi_engine.telling` is given to say. One that counts a `number` has a
plural where a language wants one.

Translations are kept, messages that changed a little are marked fuzzy, those that are gone are removed. Sorted by message,
one line each, without places or dates: several people can work on one catalogue and git can join what they did.
"""

import io
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

sys.path.insert(0, str(Path(__file__).parent))
from messages_hook import ROOT, compile_catalogues

SOURCES = ROOT / "src/musubi"
ENGINE = ROOT / "engine/src/musubi_engine"
LOCALES = {"en": "en", "ja-easy": "ja_Easy"}
"""Django's code of each language that is translated into, and the folder of its catalogue."""
FUNCTIONS: dict[str, tuple[int | tuple[int, str], ...]] = {
    "_": (1,),
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
KNOWLEDGE = (ENGINE / "knowledge/concepts/shipped", ENGINE / "knowledge/recipes")
"""Tables of the engine whose names and texts pages show."""
ENGINE_FUNCTIONS: dict[str, tuple[int | tuple[int, str], ...]] = {"say": (1,), "pattern": (1,)}
COUNTED = "%(number)s"
Key = tuple[str, str, str]


@dataclass
class Found:
    """A message of the sources: where it stands, and what was written for translators."""

    context: str
    msgid: str
    plural: str
    files: set[str] = field(default_factory=set)
    comments: list[str] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return self.context, self.msgid, self.plural


def source_files() -> Iterator[Path]:
    """Python and templates that can hold messages."""
    for path in sorted(SOURCES.rglob("*")):
        if (path.suffix == ".py" and "migrations" not in path.parts) or (
            path.suffix in {".html", ".txt"} and "templates" in path.parts
        ):
            yield path


def engine_files() -> list[Path]:
    """Python of the engine, where sentences are told."""
    return sorted(ENGINE.rglob("*.py"))


def messages_in(path: Path) -> Iterator[Found]:
    """The messages of one file, in its order."""
    text, of_engine = path.read_text(), path.is_relative_to(ENGINE)
    functions = ENGINE_FUNCTIONS if of_engine else FUNCTIONS
    if path.suffix != ".py":
        # Django writes each tag as a call of gettext where it stands; what is around becomes letters. Indented like
        # the page, that would be no Python.
        text = "\n".join(line.lstrip() for line in templatize(text).split("\n"))
    for _line, function, given, comments in extract_python(
        io.BytesIO(text.encode()), list(functions), ["Translators:"], {"encoding": "utf-8"}
    ):
        words = [given] if isinstance(given, str) else list(given or ())
        where = functions[function]
        if len(words) < len(where) or not all(isinstance(word, str) and word for word in words[: len(where)]):
            continue
        context = words.pop(0) if isinstance(where[0], tuple) else ""
        plural = words[1] if function.lstrip("p").startswith(("ng", "np")) else ""
        if of_engine and COUNTED in words[0]:
            plural = words[0]
        yield Found(context, words[0], plural, {str(path.relative_to(ROOT))}, list(comments))


def knowledge() -> Iterator[Found]:
    """The names of shipped concepts and activities, and the recipes' texts (`musubi.base.knowledge.words`)."""
    for path in sorted(path for folder in KNOWLEDGE for path in folder.glob("*.toml")):
        file = str(path.relative_to(ROOT))
        for entries in tomllib.loads(path.read_text()).values():
            for entry in entries:
                yield Found("topic", entry["name"], "", {file})
                for text in texts_of(entry):
                    yield Found("recipe", text, "", {file})


def texts_of(entry: dict[str, Any]) -> Iterator[str]:
    """What pages show of a recipe besides its name; nothing of a concept."""
    if "summary" not in entry:
        return
    yield from (entry["summary"], entry["reason"])
    for name in ("audiences", "partners", "cautions", "first_steps"):
        yield from entry.get(name, ())
    for part in (*entry["needs"], *entry.get("permits", ())):
        yield from (part[name] for name in ("what", "ask", "reason") if name in part)


def all_messages() -> list[Found]:
    """Every message of the sources once, by context and text. ValueError where two would share one entry."""
    found: dict[Key, Found] = {}
    told = chain.from_iterable(messages_in(path) for path in (*source_files(), *engine_files()))
    for message in chain(told, knowledge()):
        known = found.setdefault(message.key, message)
        known.files |= message.files
        known.comments += [line for line in message.comments if line not in known.comments]
    plain = {(context, msgid) for context, msgid, plural in found if not plural}
    if twice := [msgid for context, msgid, plural in found if plural and (context, msgid) in plain]:
        raise ValueError(f"both with and without a plural: {twice}")
    return [found[key] for key in sorted(found)]


def template() -> Catalog:
    """The sources' messages as Babel keeps them, without places."""
    catalogue = Catalog(fuzzy=False)
    for message in all_messages():
        catalogue.add(
            (message.msgid, message.plural) if message.plural else message.msgid,
            context=message.context or None,
            auto_comments=message.comments,
        )
    return catalogue


def path_of(folder: str) -> Path:
    return SOURCES / "locale" / folder / "LC_MESSAGES/django.po"


def update(folder: str, wanted: Catalog) -> Catalog:
    """Bring one catalogue up to date."""
    path = path_of(folder)
    with path.open("rb") as file:
        catalogue = read_po(file)
    wanted.creation_date = catalogue.creation_date  # what git already knows
    catalogue.update(wanted)
    for row in catalogue:
        if row.id and not is_translated(row):
            row.flags.discard("fuzzy")  # Babel marks it after a likeness that had no words either
    save(folder, catalogue)
    return catalogue


def save(folder: str, catalogue: Catalog) -> None:
    """Write a catalogue the same way each time, and in one step: others may be reading it."""
    out = io.BytesIO()
    write_po(out, catalogue, width=0, no_location=True, sort_output=True, ignore_obsolete=True)
    half = path_of(folder).with_suffix(".tmp")
    half.write_bytes(re.sub(rb'"Generated-By:.*\n', b"", out.getvalue()))
    half.replace(path_of(folder))


def is_translated(row: Message) -> bool:
    """Whether every form of it has words."""
    forms = (row.string,) if isinstance(row.string, str) else row.string
    return bool(forms) and all(forms)


def main() -> None:
    wanted = template()
    for language, folder in LOCALES.items():
        catalogue = update(folder, wanted)
        rows = [row for row in catalogue if row.id]
        untranslated = sum(not is_translated(row) for row in rows)
        fuzzy = sum(row.fuzzy for row in rows)
        print(
            f"{language}: {len(rows)} 件、うち訳のないもの {untranslated} 件、確かめるもの（fuzzy）{fuzzy} 件"
        )
    compile_catalogues()


if __name__ == "__main__":
    main()
