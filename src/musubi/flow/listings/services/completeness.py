"""What a listing still lacks before others may read it, each lack with its field and its sentence."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..enums import Side, Template
from ..models import Listing
from .content import Content, content_of

DAYS_SHOWN = 180
ENDS_SOON = dt.timedelta(days=30)
LONGEST_DAYS = 730


@dataclass(frozen=True)
class Problem:
    """A sentence that says what to do, and the part of the form it stands at."""

    field: str
    sentence: str


class NotComplete(Exception):
    """The listing cannot be published yet; `problems` says why, field by field."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(problem.sentence for problem in problems))
        self.problems = problems


def problems_of(content: Content, *, side: str, template: str, today: dt.date) -> list[Problem]:
    """Everything that is missing or cannot be; empty when the listing may be published."""
    found = [*_missing(content, side), *_dates(content, today)]
    if template == Template.MENU:
        found += _menu(content)
    return found


def require_complete(content: Content, *, side: str, template: str, today: dt.date) -> None:
    """Raise NotComplete unless the listing may be published."""
    problems = problems_of(content, side=side, template=template, today=today)
    if problems:
        raise NotComplete(problems)


def default_expiry(content: Content, today: dt.date) -> dt.date:
    """Until when a listing is shown whose author did not say: its last day, at most half a year."""
    latest = today + dt.timedelta(days=DAYS_SHOWN)
    ends = [window.ends_on for window in content.windows if window.ends_on is not None]
    if ends and len(ends) == len(content.windows):
        return min(max([*ends, today]), latest)
    return latest


def longer_expiry(listing: Listing, today: dt.date) -> dt.date | None:
    """Until when a listing that ends within 30 days can be shown; None where it need not or cannot be longer."""
    until = listing.expires_on
    if until is None or until >= today + ENDS_SOON:
        return None
    longer = default_expiry(content_of(listing), today)
    return longer if longer > until else None


def _missing(content: Content, side: str) -> list[Problem]:
    found = []
    if not content.title:
        found.append(
            Problem("title", _("題名を入れてください。何のことか、ひと目で分かる短い言葉で十分です。"))
        )
    if not content.body:
        found.append(Problem("body", _("「くわしく」に、どんなことかを2〜3文で書いてください。")))
    if not content.lines:
        ask = (
            _("必要なものを1つ以上入れてください。（例：場所・30席）")
            if side == Side.NEED
            else _("できること・渡せるものを1つ以上入れてください。（例：場所・30席）")
        )
        found.append(Problem("lines", ask))
    if not content.area_ids:
        found.append(
            Problem("areas", _("地域を1つ以上選んでください。市内のどこでもよいときは、市を選びます。"))
        )
    return found


def _dates(content: Content, today: dt.date) -> list[Problem]:
    found = []
    ends = [window.ends_on for window in content.windows]
    if ends and all(end is not None and end < today for end in ends):
        found.append(Problem("windows", _("日時がすべて過ぎています。これからの日にちに直してください。")))
    expires_on = content.expires_on
    if expires_on is not None and expires_on < today:
        found.append(
            Problem(
                "expires_on", _("「いつまで載せるか」が過ぎています。今日か、それより後の日にしてください。")
            )
        )
    if expires_on is not None and expires_on > today + dt.timedelta(days=LONGEST_DAYS):
        found.append(Problem("expires_on", _("「いつまで載せるか」は、2年先までの日にしてください。")))
    return found


def _menu(content: Content) -> list[Problem]:
    menu = content.menu
    asked = (
        ("can_do", menu and menu.can_do, _("できることを書いてください。")),
        ("cannot_do", menu and menu.cannot_do, _("できないことを書いてください。あとの行き違いを防ぎます。")),
        ("answered_by", menu and menu.answered_by, _("だれ（どの係）が答えるかを書いてください。")),
        (
            "answers_within_days",
            menu and menu.answers_within_days,
            _("何営業日以内に答えるかを、1以上の数で入れてください。"),
        ),
    )
    return [Problem(field, sentence) for field, value, sentence in asked if not value]
