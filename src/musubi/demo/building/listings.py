"""Needs, offers and menu items in every state, reached by the verbs that lead there."""

import datetime as dt

from musubi.base.accounts.models import User
from musubi.flow.issues.models import Issue
from musubi.flow.listings import services
from musubi.flow.listings.enums import ListingState, WithdrawReason
from musubi.flow.listings.models import Listing
from musubi.flow.listings.services import Content, LineValue, MenuValue, WindowValue

from .actors import CLOSED, Cast
from .content import Row, rows_of
from .places import Places

# The need that somebody made of a local issue.
ISSUE_OF = {
    "n-sakura3-kaimono": "i-sakura-bus",
    "n-teramachi-koekake": "i-sakura-hitori",
    "n-park-seiso": "i-minato-gomi",
    "b-n24": "b-i02",
    "b-n18": "b-i08",
}


def build_listings(
    *, cast: Cast, places: Places, issues: dict[str, Issue], clerk: User, now: dt.datetime
) -> dict[str, Listing]:
    """All of them by key, oldest first; `clerk` typed in what came on paper."""
    built: dict[str, Listing] = {}
    for row in sorted(rows_of("listings"), key=lambda row: -row["posted_days"]):
        if row["actor"] in CLOSED:
            continue
        built[row["key"]] = _build(row, cast, places, issues, clerk, now)
    services.expire_due_listings(now=now)
    return built


def _build(
    row: Row, cast: Cast, places: Places, issues: dict[str, Issue], clerk: User, now: dt.datetime
) -> Listing:
    posted = now - dt.timedelta(days=row["posted_days"], minutes=len(row["key"]) * 7)
    actor, writer = cast.actors[row["actor"]], cast.writers[row["actor"]]
    content = content_of(row, places, now)
    common = {
        "actor": actor,
        "side": row["side"],
        "template": row["template"],
        "content": content,
        "now": posted,
    }
    issue = issues.get(ISSUE_OF.get(row["key"], ""))
    if row["source"] == "web":
        listing = services.create_draft(**common, by=writer, issue=issue)
    else:
        listing = services.enter_listing(**common, by=clerk, source=row["source"], issue=issue)
        writer = clerk
    if row["state"] == ListingState.DRAFT:
        return listing
    listing = services.publish_listing(listing=listing, by=writer, now=posted)
    return _carry_on(listing, row["state"], writer, posted + (now - posted) / 2)


def _carry_on(listing: Listing, state: str, by: User, at: dt.datetime) -> Listing:
    match state:
        case ListingState.WITHDRAWN:
            reason = WithdrawReason.PLAN_CHANGED
            return services.withdraw_listing(
                listing=listing, reason=reason, note="予定が変わりました。", by=by, now=at
            )
        case ListingState.FULFILLED:
            return services.fulfil_listing(listing=listing, by=by, now=at)
        case ListingState.RESERVED:
            return services.reserve_listing(listing=listing, by=by, now=at)
    return listing


def content_of(row: Row, places: Places, now: dt.datetime) -> Content:
    """A row of the content as the listing's words and parts, its days counted from `now`."""
    menu = row.get("menu")
    expires = (now + dt.timedelta(days=row["expires_days"])).date()
    if row["state"] == ListingState.EXPIRED:
        expires = min(expires, (now - dt.timedelta(days=2)).date())
    return Content(
        title=row["title"],
        body=row["body"],
        lines=tuple(
            LineValue(
                resource=line["resource"], what=line["what"], amount=line["amount"], unit=line["unit"] or ""
            )
            for line in row["lines"]
        ),
        area_ids=tuple(places.areas[key].pk for key in row["areas"]),
        town=row["town"] or "",
        windows=tuple(_window(window, now) for window in row["windows"]),
        conditions=tuple(row["conditions"]),
        wanted_kinds=tuple(row["wanted_kinds"]),
        fields=tuple(row["fields"]),
        visibility=row["visibility"],
        expires_on=expires,
        menu=MenuValue(**menu) if menu else None,
    )


def _window(window: Row, now: dt.datetime) -> WindowValue:
    def day(days: int | None) -> dt.date | None:
        return None if days is None else (now + dt.timedelta(days=days)).date()

    def time(text: str | None) -> dt.time | None:
        return dt.time.fromisoformat(text) if text else None

    return WindowValue(
        starts_on=day(window["from_days"]),
        ends_on=day(window["to_days"]),
        weekdays=tuple(window["weekdays"]),
        opens=time(window["start"]),
        closes=time(window["end"]),
    )
