"""What keeps the repository tidy."""

import re
import subprocess
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.template import engines

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "src").rglob("templates/**/*.html")) + sorted(
    (ROOT / "src").rglob("templates/**/*.txt")
)
OURS = (
    "account/",
    "mfa/",
    "allauth/",
    "socialaccount/",
    "403",
    "404",
    "405",
    "409",
    "429",
    "503",
    "500",
    "django/forms",
    "idp/",
    "usersessions/",
)


def name_of(path: Path) -> str:
    return str(path).rsplit("/templates/", 1)[1]


def test_every_template_compiles_and_has_no_inline_script_or_style() -> None:
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|<style|\sstyle=\"|\son[a-z]+=\""
    )
    tags = re.compile(r"{%.*?%}", re.DOTALL)
    found = {name_of(p) for p in TEMPLATES if inline.search(tags.sub("", p.read_text()))}
    for path in TEMPLATES:
        engines["django"].get_template(name_of(path))
    assert found == set()


def test_no_template_is_unused() -> None:
    text = "\n".join(
        p.read_text() for p in [*(ROOT / "src").rglob("*.py"), *TEMPLATES] if "migrations" not in p.parts
    )
    unused = [
        name
        for p in TEMPLATES
        if not (name := name_of(p)).startswith(OURS)
        and name not in text
        and f"{name.removesuffix('.html')}" not in text
    ]
    assert unused == []


def test_migrations_are_complete(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    files = [
        p
        for folder in ("src", "engine/src", "tests", "docs", "tools")
        for p in (ROOT / folder).rglob("*")
        if p.suffix in {".py", ".html", ".md", ".js", ".css", ".sh"}
    ]
    found = [str(p.relative_to(ROOT)) for p in files if p != Path(__file__) and marks.search(p.read_text())]
    assert found == []


def test_layers_are_kept() -> None:
    done = subprocess.run(
        [str(ROOT / ".venv/bin/lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_every_setting_that_opens_the_demonstration_is_off_in_production() -> None:
    assert settings.DEMONSTRATION is not settings.PRODUCTION


def test_the_flow_document_is_fresh() -> None:
    from musubi.config.flow_document import flow_document

    assert (ROOT / "docs/flow.md").read_text() == flow_document(), (
        "run: .venv/bin/musubi flow --write docs/flow.md"
    )
