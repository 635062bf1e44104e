"""Compiles the translations while the package is built (editable or wheel): docs/adr/0010-three-locales.md."""

import os
import sys
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parents[1]
CATALOGUES = "src/musubi/locale/*/LC_MESSAGES/django.po"


def compile_catalogues(root: Path = ROOT) -> list[Path]:
    """Write a .mo beside every .po that is newer than it; the .mo that stand there now.

    Each is put in place in one step: another process may be reading or writing the same.
    """
    compiled = []
    for source in sorted(root.glob(CATALOGUES)):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
            half = target.with_name(f"django.{os.getpid()}.tmp")
            with source.open("rb") as file, half.open("wb") as out:
                write_mo(out, read_po(file))
            half.replace(target)
        compiled.append(target)
    return compiled


class CompileMessages(BuildHookInterface[Any]):
    """Hatchling calls it before it collects the files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - Hatchling's signature
        compile_catalogues(Path(self.root))


if __name__ == "__main__":
    sys.stdout.write("".join(f"{path.relative_to(ROOT)}\n" for path in compile_catalogues()))
