"""May they? Answered with a reason a person can read."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


class NotAllowed(PermissionDenied):
    """An act was refused; the message is the sentence for the person (HTTP 403)."""


@dataclass(frozen=True)
class Verdict:
    """Whether an act is allowed, and if not, why: true when allowed."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)


def refuse(reason: str) -> Verdict:
    """A refusal with the sentence the person may read."""
    return Verdict(False, str(reason))


def require(verdict: Verdict) -> None:
    """Raise NotAllowed with the verdict's reason unless it allows the act."""
    if not verdict:
        raise NotAllowed(verdict.reason)
