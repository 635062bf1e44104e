"""The command `musubi`: its own commands beside Django's, with a sentence instead of a traceback."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run a management command; errors of use end with a sentence on stderr and a non-zero code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "musubi.config.settings")
    try:
        execute_from_command_line(["musubi", *sys.argv[1:]])
    except KeyboardInterrupt:
        print("\n中止しました。", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
