"""Local issues, those who feel the same, and a few reports."""

import datetime as dt

from musubi.base.accounts.models import User
from musubi.base.places.models import Municipality
from musubi.flow.issues import services
from musubi.flow.issues.enums import IssueState
from musubi.flow.issues.models import Issue
from musubi.flow.listings.models import Listing
from musubi.flow.moderation import services as moderation

from .content import rows_of
from .places import Places


def build_issues(
    *, municipality: Municipality, places: Places, citizens: list[User], clerk: User, now: dt.datetime
) -> dict[str, Issue]:
    """Each told by one citizen and felt by others; the last of each part came by telephone."""
    built: dict[str, Issue] = {}
    for number, row in enumerate(rows_of("issues")):
        by_telephone = number % 9 == 8
        at = now - dt.timedelta(days=row["reported_days"], hours=number % 5)
        reporter = citizens[number % len(citizens)]
        issue = services.report_issue(
            municipality=municipality,
            title=row["title"],
            body=row["body"],
            area=places.towns[row["ward"], row["town"]],
            place_note=row["place_note"],
            fields=row["fields"],
            visibility=row["visibility"],
            source="telephone" if by_telephone else "web",
            reporter_name="70代の女性" if by_telephone else "",
            by=clerk if by_telephone else reporter,
            now=at,
        )
        others = [person for person in citizens if by_telephone or person != reporter]
        for person in others[: row["me_too"]]:
            services.support_issue(issue=issue, by=person, now=at + dt.timedelta(days=1))
        built[row["key"]] = issue
        if row["state"] == IssueState.RESOLVED:
            built[row["key"]] = services.resolve_issue(issue=issue, by=clerk, now=at + (now - at) / 2)
        elif row["state"] == IssueState.TAKEN_UP:
            built[row["key"]] = services.take_up_issue(issue=issue, by=clerk, now=at + (now - at) / 3)
    return built


def build_reports(
    *, listings: dict[str, Listing], citizens: list[User], officer: User, now: dt.datetime
) -> None:
    """One report waits, one was dismissed, one led to a hiding that its author has answered."""
    waiting, dismissed, hidden = "o-engawa-coffee", "co-hotel", "b-o86"
    published = [
        listing
        for listing in listings.values()
        if listing.state == "published" and listing.visibility == "public"
    ]
    chosen = [
        listings.get(key) or published[number] for number, key in enumerate((waiting, dismissed, hidden))
    ]
    words = (
        "値段が書いてあり、宣伝のように見えます。",
        "去年の催しの案内ではないでしょうか。",
        "個人の電話番号が本文に入っています。",
    )
    reports = [
        moderation.report(
            subject=listing,
            reason=reason,
            words=text,
            by=citizens[number],
            mark="",
            now=now - dt.timedelta(days=5 - number),
        )
        for number, (listing, reason, text) in enumerate(
            zip(chosen, ("commercial", "false", "personal_data"), words, strict=True)
        )
    ]
    moderation.dismiss_report(
        report=reports[1],
        reason="今年の催しであることを主催者に確かめました。",
        by=officer,
        now=now - dt.timedelta(days=3),
    )
    hiding = moderation.uphold_report(
        report=reports[2],
        reason="本文に個人の電話番号がありました。消していただければ、また表示します。",
        by=officer,
        now=now - dt.timedelta(days=2),
    )
    author = chosen[2].actor.memberships.filter(role="owner").order_by("pk")[0].user
    moderation.answer_hiding(
        hiding=hiding,
        answer="気づかずに載せていました。消しましたので、確かめてください。",
        by=author,
        now=now - dt.timedelta(days=1),
    )
