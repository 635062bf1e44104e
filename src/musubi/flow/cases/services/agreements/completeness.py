"""What an agreement still lacks before all are asked to confirm it, each lack with its field and sentence."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from musubi.flow.listings.services import Problem

from ...models import Case, Party
from ...queries import parties_of
from ...queries.terms import OfferedLine, PartValue, Terms, offered_lines
from .storing import too_much

REVIEW_AFTER = dt.timedelta(days=92)
"""How long after its last day an agreement may still be looked at again."""


class NotComplete(Exception):
    """The agreement cannot be shown for confirmation yet; `problems` says why, field by field."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(problem.sentence for problem in problems))
        self.problems = problems


def problems_of_terms(terms: Terms, case: Case, *, today: dt.date) -> list[Problem]:
    """Everything that is missing or cannot be; empty when it may be proposed. A part's field is `part-<actor>`."""
    parties = parties_of(case)
    return [
        *_words(terms),
        *_parts(terms, parties),
        *_uses(terms, offered_lines(case)),
        *_dates(terms, today),
    ]


def require_complete(terms: Terms, case: Case, *, today: dt.date) -> None:
    """Raise NotComplete unless the agreement may be proposed."""
    problems = problems_of_terms(terms, case, today=today)
    if problems:
        raise NotComplete(problems)


def _words(terms: Terms) -> Iterator[Problem]:
    asked = (
        ("form", _("協働の形を1つ選んでください。迷うときは、コーディネーターに聞いてください。")),
        ("aim", _("いっしょに目指すことを書いてください。")),
        ("cost", _("お金の分担を書いてください。かからないときは「なし」と書きます。")),
        ("risk", _("もしものときと保険のことを書いてください。保険に入らないときは「なし」と書きます。")),
        ("publicity", _("広報のしかたを書いてください。広報しないときは「なし」と書きます。")),
    )
    return (Problem(name, sentence) for name, sentence in asked if not getattr(terms, name).strip())


def _parts(terms: Terms, parties: list[Party]) -> Iterator[Problem]:
    for party in parties:
        if not terms.parts.get(party.actor_id, PartValue()).does.strip():
            sentence = _("%(actor)sが「すること」を書いてください。") % {"actor": party.actor}
            yield Problem(f"part-{party.actor_id}", sentence)


def _uses(terms: Terms, lines: list[OfferedLine]) -> Iterator[Problem]:
    offered = {line.key: line for line in lines}
    for use in terms.uses:
        line = offered.get(use.key)
        sentence = too_much(use, line)
        if not sentence and line is not None and line.left is not None and not use.amount:
            sentence = _("%(what)s：いくつ使うかを入れてください。") % {"what": line}
        if sentence:
            yield Problem("uses", sentence)


def _dates(terms: Terms, today: dt.date) -> Iterator[Problem]:
    asked = (
        ("starts_on", _("始まりの日を入れてください。")),
        ("ends_on", _("終わりの日を入れてください。1日だけのときは、始まりの日と同じ日にします。")),
        ("review_on", _("見直しの日を入れてください。うまくいっているかを、みんなで確かめる日です。")),
    )
    missing = [Problem(name, sentence) for name, sentence in asked if getattr(terms, name) is None]
    yield from missing
    starts_on, ends_on, review_on = terms.starts_on, terms.ends_on, terms.review_on
    if ends_on is not None and ends_on < today:
        yield Problem("ends_on", _("終わりの日が過ぎています。今日か、それより後の日にしてください。"))
    if starts_on is None or ends_on is None or review_on is None:
        return
    if ends_on < starts_on:
        yield Problem("ends_on", _("終わりの日は、始まりの日と同じか、それより後にしてください。"))
    elif not starts_on <= review_on <= ends_on + REVIEW_AFTER:
        yield Problem(
            "review_on", _("見直しの日は、始まりの日から、終わりの日の3か月後までの間にしてください。")
        )
