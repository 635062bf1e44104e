"""Somebody closes while somebody types: what was typed is shown once more, with the sentence that says why."""

from django.http import HttpRequest

from musubi.base.common.verdict import Verdict, require

CONFLICT = 409


def refused_late(request: HttpRequest, verdict: Verdict, *, otherwise: object) -> str:
    """Why what was typed is not taken although its writer may write here; "" where nothing is refused.

    Whoever could not have written (`otherwise` is false) is refused as everywhere.
    """
    if request.method != "POST" or not otherwise:
        require(verdict)
    return verdict.reason


def status_of(late: str) -> int:
    return CONFLICT if late else 200
