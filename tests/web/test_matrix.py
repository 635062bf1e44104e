"""Every address × every kind of person × own and other city.

A row one may not see is a 404; an act one may not do a 403 with its sentence; nobody signed in is led to the
sign-in and back. A page that is not in the table fails the first test, so that none can be forgotten.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from musubi.base.notify.services import tell
from musubi.flow.actors.enums import CredentialKind, MembershipRole
from musubi.flow.actors.services import give_credential, invite_member
from musubi.flow.moderation.services import hide, report
from tests.factories import Town, give_mandate, make_actor, make_issue, make_listing, make_person

pytestmark = pytest.mark.django_db

WHO = ("visitor", "citizen", "member", "owner", "coordinator", "officer", "other_owner", "other_officer")
OURS = ("public", "workspace", "desk", "office")


@dataclass
class World:
    """One of each thing in the first town, and the people who come to its pages."""

    things: dict[str, Any]
    people: dict[str, Any]

    def args(self, what: str) -> list[Any]:
        if not what:
            return []
        return [part[1:] if part.startswith("=") else self._key(part) for part in what.split()]

    def _key(self, part: str) -> Any:
        return getattr(self.things[part], "pk", self.things[part])


@pytest.fixture
def world(town: Town, other_town: Town) -> World:
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
    hiding = hide(subject=listings["hidden"], reason="確かめる間", by=town.officer, now=now)
    credential = give_credential(
        actor=town.actor, kind=CredentialKind.REGISTRATION, title="登録", issuer_name="市",
        valid_from=dt.date(2026, 4, 1), by=town.officer, now=now,
    )  # fmt: skip
    invitation = invite_member(
        actor=town.actor, email="new@example.jp", role=MembershipRole.EDITOR, by=town.owner, now=now
    )
    things = {
        **listings,
        **brought_in,
        "actor_": town.actor,
        "closed": closed,
        "pending": pending,
        "imported": make_actor(town.municipality, state="draft", source="import", external_ref="7"),
        "issue_": issue,
        "issue_of_the_office": told,
        "hiding": hiding,
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
    return World(
        things,
        {
            "visitor": None,
            "citizen": town.citizen,
            "member": town.viewer,
            "owner": town.owner,
            "coordinator": town.coordinator,
            "officer": town.officer,
            "other_owner": other_town.owner,
            "other_officer": other_town.officer,
        },
    )


def named_urls(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[str]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if not namespace and entry.namespace not in OURS:
                continue
            yield from named_urls(entry, entry.namespace or namespace)
        elif entry.name:
            yield f"{namespace}:{entry.name}"


def answer(world: World, who: str, method: str, path: str) -> str:
    """What the person gets: a status, with where a redirect leads when that matters."""
    client = Client(raise_request_exception=False)
    if person := world.people[who]:
        if hasattr(person, "_standing"):
            del person._standing
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    with transaction.atomic():
        response = client.generic(method, path, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    if response.status_code in (301, 302) and "/accounts/login/" in response["Location"]:
        assert f"next={path}" in response["Location"].replace("%2F", "/")
        return "login"
    if response.status_code in (301, 302) and "/workspace/welcome/" in response["Location"]:
        return "welcome"
    if response.status_code == 403:
        said = response.content.decode()
        if response.headers["Content-Type"] == "application/json":
            said = response.json()["message"]
        assert "。" in said, f"a refusal without a sentence: {path} for {who}"
    return "ok" if response.status_code in (200, 302, 303, 422, 204) else str(response.status_code)


def row(*cells: str) -> dict[str, str]:
    return dict(zip(WHO, cells, strict=True))


L, W = "login", "welcome"
EVERYBODY = row(*["ok"] * 8)
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
SIGNED_IN = row(L, "ok", "ok", "ok", "ok", "ok", "ok", "ok")
REGISTERED = row(L, "ok", "ok", "ok", "ok", "ok", W, W)
MEMBERS = row(L, "404", "ok", "ok", "404", "404", "404", "404")
EDITORS = row(L, "404", "403", "ok", "404", "404", "404", "404")
STAFF = row(L, "403", "403", "403", "ok", "ok", "403", "403")

OFFICE_ROW = row(L, "404", "404", "404", "404", "ok", "404", "404")
OFFICE = row(L, "403", "403", "403", "403", "ok", "403", "403")

Case = tuple[str, str, str, dict[str, str]]
CASES: list[Case] = [
    *[
        ("GET", f"public:{name}", "", EVERYBODY)
        for name in (
            "home",
            "search",
            "menu",
            "actors",
            "register",
            "issues",
            "towns",
            "about",
            "help",
            "roadmap",
            "privacy",
            "glossary",
        )
    ],
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
    *[("GET", f"desk:{name}", "", STAFF) for name in ("home", "issues", "entry", "entry_actor")],
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
    ("POST", "office:actors_submit", "", OFFICE),
    ("POST", "office:actor_submit", "imported", OFFICE_ROW),
    ("POST", "office:actor_verify", "pending", OFFICE_ROW),
    ("POST", "office:actor_reopen", "closed", OFFICE_ROW),
]


@pytest.mark.parametrize(("method", "name", "what", "expected"), CASES)
def test_each_address_answers_each_person(
    world: World, method: str, name: str, what: str, expected: dict[str, str]
) -> None:
    path = reverse(name, args=world.args(what))
    got = {who: answer(world, who, method, path) for who in WHO}
    assert {who: f"{got[who]}, not {expected[who]}" for who in WHO if got[who] != expected[who]} == {}


def test_every_address_is_in_the_table() -> None:
    assert set(named_urls()) - {name for _, name, _, _ in CASES} == set()
