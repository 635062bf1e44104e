"""`make audit`: every page, for everybody, in every way to see it, and the table of it in docs/audit.md.

Two browsers share the work, some forty minutes of it. What was seen is kept in var/audit until the source changes:
a second call goes on where the first was stopped, and looks again only at what had faults.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))


def git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def state_of_the_source() -> tuple[str, str]:
    """The commit to name, and a folder's name that no other state of the source has."""
    commit, changes = git("rev-parse", "--short", "HEAD").strip(), git("diff", "HEAD", "--", "src", "tests")
    if not changes:
        return commit, commit
    return f"{commit} with changes", f"{commit}-{hashlib.sha256(changes.encode()).hexdigest()[:8]}"


def main() -> int:
    commit, name = state_of_the_source()
    results = ROOT / "var" / "audit" / name
    results.mkdir(parents=True, exist_ok=True)
    print(
        f"── すべてのページを、すべての見え方で見ます（40分ほど。止めても続きから始められます）: {results.name}"
    )
    command = [".venv/bin/pytest", "tests/audit/test_every_page.py", "-v", "-p", "no:randomly", "-n", "2"]
    environment = os.environ | {"MUSUBI_AUDIT": str(results)}
    done = subprocess.run([*command, *sys.argv[1:]], cwd=ROOT, env=environment, check=False)
    if done.returncode not in (0, 1):
        return done.returncode

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "musubi.config.settings")
    import django

    django.setup()
    from tests.audit.report import report, rows_in
    from tests.audit.ways import LOCALES, ROLES
    from tests.web.matrix import PARTS

    missing = len(PARTS) * len(ROLES) * len(LOCALES) - len(list(results.glob("*.json")))
    if missing:
        print(
            f"まだ見ていない組が {missing} あります。もう一度 make audit を行うと、続きを見ます。",
            file=sys.stderr,
        )
        return 1
    (ROOT / "docs" / "audit.md").write_text(report(rows_in(results), commit=commit))
    print("── docs/audit.md に書きました")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
