"""Actors, issues, listings, the desk and the office."""

import datetime as dt
from typing import Any

from django.utils import timezone

from musubi.base.notify.services import tell
from musubi.flow.actors.enums import CredentialKind, MembershipRole
from musubi.flow.actors.services import give_credential, invite_member
from musubi.flow.moderation.services import answer_hiding, hide, report
from tests.factories import Town, give_mandate, make_actor, make_issue, make_listing, make_person

from .people import (
    EDITORS,
    EVERYBODY,
    MEMBERS,
    OFFICE,
    OFFICE_ROW,
    REGISTERED,
    SIGNED_IN,
    STAFF,
    Case,
    L,
    row,
)


def things(town: Town, other_town: Town) -> dict[str, Any]:
    """One of each thing of the first half of the story."""
    now = timezone.now()
    areas = [town.wards[0]]
    lines = [("place", "会議室", 30, "capacity")]
    listings = {
        "need": make_listing(town.actor, areas=areas, lines=lines),
        "draft": make_listing(town.actor, areas=areas, lines=lines, state="draft"),
        "registered": make_listing(town.actor, areas=areas, lines=lines, visibility="registered"),
        "intermediaries": make_listing(town.actor, areas=areas, lines=lines, visibility="intermediaries"),
        "city_hall": make_listing(town.actor, areas=areas, lines=lines, visibility="city_hall"),
        "hidden": make_listing(town.actor, areas=areas, lines=lines),
        "reserved": make_listing(town.actor, areas=areas, lines=lines, state="reserved"),
        "withdrawn": make_listing(town.actor, areas=areas, lines=lines, state="withdrawn"),
    }
    typist = make_person()
    give_mandate(town.municipality, typist, "office")
    paper = {"areas": areas, "lines": lines, "source": "paper"}
    brought_in = {
        "paper": make_listing(town.actor, entered_by=typist, **paper),
        "paper_draft": make_listing(town.actor, entered_by=typist, state="draft", **paper),
        "paper_draft_of_the_officer": make_listing(
            town.actor, entered_by=town.officer, state="draft", visibility="city_hall", **paper
        ),
        "paper_draft_of_the_coordinator": make_listing(
            town.actor, entered_by=town.coordinator, state="draft", **paper
        ),
        "paper_city_hall": make_listing(town.actor, entered_by=typist, visibility="city_hall", **paper),
        "import_city_hall": make_listing(
            town.actor, areas=areas, lines=lines, source="import", external_ref="1", visibility="city_hall"
        ),
    }
    closed = make_actor(town.municipality, state="closed", closed_reason="paused")
    pending = make_actor(town.municipality, state="pending", submitted_at=now)
    issue, told = make_issue(town), make_issue(town, visibility="city_hall", by=make_person())
    answered = hide(subject=make_issue(town, by=town.owner), reason="確かめる間", by=town.officer, now=now)
    answered = answer_hiding(hiding=answered, answer="直しました。", by=town.owner, now=now)
    hiding = hide(subject=listings["hidden"], reason="確かめる間", by=town.officer, now=now)
    credential = give_credential(
        actor=town.actor, kind=CredentialKind.REGISTRATION, title="登録", issuer_name="市",
        valid_from=dt.date(2026, 4, 1), by=town.officer, now=now,
    )  # fmt: skip
    invitation = invite_member(
        actor=town.actor, email="new@example.jp", role=MembershipRole.EDITOR, by=town.owner, now=now
    )
    return {
        **listings,
        **brought_in,
        "actor_": town.actor,
        "closed": closed,
        "pending": pending,
        "imported": make_actor(town.municipality, state="draft", source="import", external_ref="7"),
        "issue_": issue,
        "issue_of_the_office": told,
        "hiding": hiding,
        "hiding_answered": answered,
        "report": report(
            subject=listings["need"], reason="other", words="", by=town.citizen, mark="", now=now
        ),
        "credential": credential,
        "invitation": invitation,
        "token": invitation.token,
        "membership": town.actor.memberships.get(user=town.viewer),
        "message": tell(to=town.owner, kind="listing_published", subject="件名", text="", path="/", at=now),
        "mandate": give_mandate(town.municipality, make_person(), "coordinator"),
    }


#               visitor citizen member owner coordinator officer other_owner other_officer
WITHIN = {
    "registered": row("404", "ok", "ok", "ok", "ok", "ok", "404", "404"),
    "intermediaries": row("404", "404", "ok", "ok", "ok", "ok", "404", "404"),
    "city_hall": row("404", "404", "ok", "ok", "404", "ok", "404", "404"),
    "draft": row("404", "404", "ok", "ok", "404", "404", "404", "404"),
    "hidden": row("404", "404", "ok", "ok", "ok", "ok", "404", "404"),
}
#                                     visitor citizen member owner coordinator officer other_owner other_officer
BROUGHT_IN = {
    "paper": row(L, "404", "ok", "ok", "ok", "ok", "404", "404"),
    "paper_draft": row(L, "404", "ok", "ok", "404", "404", "404", "404"),
    "paper_draft_of_the_officer": row(L, "404", "ok", "ok", "404", "ok", "404", "404"),
    "paper_draft_of_the_coordinator": row(L, "404", "ok", "ok", "ok", "404", "404", "404"),
    "paper_city_hall": row(L, "404", "ok", "ok", "404", "ok", "404", "404"),
    "import_city_hall": row(L, "404", "ok", "ok", "404", "ok", "404", "404"),
}

CASES: list[Case] = [
    *[
        ("GET", f"public:{name}", "", EVERYBODY)
        for name in (
            "home",
            "search",
            "search_words",
            "menu",
            "actors",
            "register",
            "issues",
            "towns",
            "about",
            "about_matching",
            "help",
            "roadmap",
            "privacy",
            "glossary",
            "accessibility",
        )
    ],
    ("POST", "public:language", "", EVERYBODY),
    ("POST", "public:writing", "", EVERYBODY),
    # in tests there is no map: see web/public/test_tiles.py
    ("GET", "public:tile", "=10 =909 =403", row(*["404"] * 8)),
    ("GET", "public:listing", "need", EVERYBODY),
    *[("GET", "public:listing", level, expected) for level, expected in WITHIN.items()],
    ("GET", "public:actor", "actor_", EVERYBODY),
    ("GET", "public:actor", "pending", EVERYBODY),
    ("GET", "public:actor", "closed", row("404", "404", "404", "404", "ok", "ok", "404", "404")),
    ("GET", "public:issue", "issue_", EVERYBODY),
    (
        "GET",
        "public:issue",
        "issue_of_the_office",
        row("404", "404", "404", "404", "404", "ok", "404", "404"),
    ),
    ("GET", "workspace:home", "", REGISTERED),
    ("GET", "workspace:welcome", "", SIGNED_IN),
    ("GET", "workspace:inbox", "", SIGNED_IN),
    ("POST", "workspace:inbox_read", "", SIGNED_IN),
    ("GET", "workspace:message", "message", row(L, "404", "404", "ok", "404", "404", "404", "404")),
    ("GET", "workspace:preferences", "", SIGNED_IN),
    ("GET", "public:report", "=listing need", EVERYBODY),
    ("GET", "public:report", "=listing draft", WITHIN["draft"]),
    ("GET", "public:report", "=nothing need", row(*["404"] * 8)),
    # an actor's own pages
    ("GET", "workspace:actor_new", "", REGISTERED),
    ("GET", "workspace:actor", "actor_", MEMBERS),
    ("GET", "workspace:actor_partners", "actor_", MEMBERS),
    ("GET", "workspace:actor_edit", "actor_", row(L, "403", "403", "ok", "403", "ok", "403", "403")),
    ("POST", "workspace:actor_submit", "actor_", row(L, "404", "403", "409", "404", "404", "404", "404")),
    ("POST", "workspace:actor_confirm", "actor_", EDITORS),
    ("GET", "workspace:actor_close", "actor_", EDITORS),
    ("POST", "workspace:actor_reopen", "closed", row(L, *["404"] * 7)),
    ("GET", "workspace:members", "actor_", MEMBERS),
    ("GET", "workspace:invite", "actor_", row(L, "403", "403", "ok", "403", "ok", "403", "403")),
    ("POST", "workspace:member_role", "membership", row(L, "404", "403", "ok", "404", "ok", "404", "404")),
    ("GET", "workspace:member_remove", "membership", row(L, "404", "ok", "ok", "404", "ok", "404", "404")),
    ("GET", "workspace:invitation", "token", EVERYBODY),
    (
        "POST",
        "workspace:invitation_withdraw",
        "invitation",
        row(L, "404", "404", "ok", "404", "ok", "404", "404"),
    ),
    # listings of one's own
    ("GET", "workspace:listings", "", SIGNED_IN),
    ("GET", "workspace:listing_new", "", SIGNED_IN),
    ("GET", "workspace:listing", "need", MEMBERS),
    ("GET", "workspace:listing", "draft", MEMBERS),
    ("GET", "workspace:listing_edit", "need", EDITORS),
    ("GET", "workspace:listing_edit", "draft", EDITORS),
    # an empty post carries no version of the draft: it would overwrite, and is told so
    ("POST", "workspace:listing_autosave", "draft", row(L, "404", "403", "409", "404", "404", "404", "404")),
    ("GET", "workspace:listing_publish", "draft", MEMBERS),
    ("GET", "workspace:listing_delete", "draft", EDITORS),
    ("GET", "workspace:listing_withdraw", "need", EDITORS),
    ("GET", "workspace:listing_fulfil", "need", EDITORS),
    ("POST", "workspace:listing_confirm", "need", EDITORS),
    ("GET", "workspace:why_not", "need", MEMBERS),
    # what staff typed in or took from a file: theirs only as far as they may read it
    *[
        ("GET", f"workspace:{name}", what, who | ({"member": "403"} if acts else {}))
        for what, who in BROUGHT_IN.items()
        for name, acts in (("listing", False), ("listing_edit", True), ("listing_publish", False))
    ],
    *[
        ("GET", "workspace:listing_withdraw", what, BROUGHT_IN[what] | {"member": "403"})
        for what in ("paper", "paper_city_hall", "import_city_hall")
    ],
    *[
        ("GET", "workspace:listing_delete", what, BROUGHT_IN[what] | {"member": "403"})
        for what in ("paper_draft", "paper_draft_of_the_officer", "paper_draft_of_the_coordinator")
    ],
    *[
        ("GET", "public:listing", what, BROUGHT_IN[what] | {"visitor": "404"})
        for what in BROUGHT_IN
        if what != "paper"
    ],
    # local issues
    ("GET", "workspace:issue_new", "", REGISTERED),
    ("POST", "workspace:similar", "", SIGNED_IN),
    ("GET", "workspace:issue_edit", "issue_", row(L, "ok", "403", "403", "ok", "ok", "403", "403")),
    ("POST", "workspace:issue_support", "issue_", row(L, "403", "ok", "ok", "ok", "ok", "403", "403")),
    (
        "POST",
        "workspace:issue_move",
        "issue_ =resolve",
        row(L, "403", "403", "403", "ok", "ok", "403", "403"),
    ),
    ("GET", "workspace:hidings", "", SIGNED_IN),
    ("GET", "workspace:hiding", "hiding", row(L, "404", "ok", "ok", "404", "404", "404", "404")),
    ("GET", "workspace:hiding_answer", "hiding", EDITORS),
    # the desk
    *[
        ("GET", f"desk:{name}", "", STAFF)
        for name in ("home", "issues", "unconfirmed", "entry", "entry_actor")
    ],
    *[
        ("GET", f"desk:{name}", what, STAFF)
        for name, what in (("need", "need"), ("why_not", "need"), ("entry_listing", "actor_"))
    ],
    ("GET", "desk:need", "registered", row(L, "403", "403", "403", "ok", "ok", "404", "404")),
    ("GET", "desk:need", "hidden", row(L, "404", "403", "403", "ok", "ok", "404", "404")),
    ("GET", "desk:need", "city_hall", row(L, "404", "403", "403", "404", "ok", "404", "404")),
    ("GET", "desk:need", "draft", row(L, "404", "403", "403", "404", "404", "404", "404")),
    ("POST", "desk:propose", "need", STAFF),
    ("POST", "desk:reserve", "need", STAFF),
    ("POST", "desk:release", "reserved", STAFF),
    # the office
    *[
        ("GET", f"office:{name}", "", OFFICE)
        for name in (
            "home",
            "contact",
            "actors",
            "actor_new",
            "mandates",
            "mandate_new",
            "audit",
            "matching",
            "reports",
            "hidings",
        )
    ],
    *[
        ("GET", f"office:{name}", what, OFFICE_ROW)
        for name, what in (
            ("actor", "actor_"),
            ("actor_return", "pending"),
            ("actor_unverify", "actor_"),
            ("actor_close", "actor_"),
            ("credential_new", "actor_"),
            ("credential_revoke", "credential"),
            ("mandate_end", "mandate"),
            ("report", "report"),
            ("report_hide", "report"),
            ("report_dismiss", "report"),
            ("hiding", "hiding"),
            ("hiding_lift", "hiding"),
        )
    ],
    # a hiding is upheld only after its author has answered
    ("GET", "office:hiding_keep", "hiding", row(L, "404", "404", "404", "404", "403", "404", "404")),
    ("GET", "office:hiding_keep", "hiding_answered", OFFICE_ROW),
    ("GET", "office:hiding", "hiding_answered", OFFICE_ROW),
    ("POST", "office:actors_submit", "", OFFICE),
    ("POST", "office:actor_submit", "imported", OFFICE_ROW),
    ("POST", "office:actor_verify", "pending", OFFICE_ROW),
    ("POST", "office:actor_reopen", "closed", OFFICE_ROW),
]
