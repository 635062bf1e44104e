"""The addresses of cases and introductions, of the desk's board, and of the link without an account."""

from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from musubi.base.common.links import token_for
from musubi.base.files.models import StoredFile
from musubi.flow.cases.models import Letter
from tests.factories import Town
from tests.together import (
    make_case,
    make_introduction,
    make_need,
    make_offer,
    make_outreach,
    make_team,
    owner_of,
)

from .people import EVERYBODY, SIGNED_IN, STAFF, Case, L, W, row


def things(town: Town, other_town: Town) -> dict[str, Any]:
    """A case of the town's association with one partner, and an introduction that nobody has answered."""
    now = timezone.now()
    case = make_case(town)
    party = case.parties.exclude(listing=case.need).get()
    need, offer = make_need(town), make_offer(town)
    opened = make_case(town, state="open", need=need)
    introduction = make_introduction(need, offer)
    opened.introductions.create(introduction=introduction)
    file = StoredFile(
        municipality=town.municipality, name="地図.pdf", content_type="application/pdf", size=1,
        sha256="0" * 64, uploaded_at=now,
    )  # fmt: skip
    file.file.save("matrix.pdf", ContentFile(b"x"), save=True)
    reply = introduction.replies.get(side="offer")
    hidden = make_case(town, need=make_need(town, state="reserved", visibility="city_hall"))
    declined = make_introduction(need, make_offer(town), state="declined")
    opened.introductions.create(introduction=declined)
    return {
        "case": case,
        "declined": declined,
        "opened": opened,
        "case_of_the_office": hidden,
        "own_party": case.parties.get(listing=case.need),
        "party": party,
        "letter": Letter.objects.create(case=case, text="はい", file=file, sent_at=now),
        "introduction": introduction,
        "letter_between": Letter.objects.create(
            case=opened, introduction=introduction, text="はい", file=file, sent_at=now
        ),
        "need": need,
        "free_need": make_need(town),
        "need_with_outreach": make_outreach(town).need,
        "offer": offer,
        "team": make_team(town),
        "free_offer": make_offer(town),
        "token": token_for("introduction", thing=reply.pk, person=owner_of(offer.actor).pk),
        "stale_token": token_for("introduction", thing=reply.pk, person=town.owner.pk),
    }


#                visitor citizen member owner coordinator officer other_owner other_officer
READERS = row(L, "404", "ok", "ok", "ok", "ok", "404", "404")
WRITERS = row(L, "404", "403", "ok", "ok", "ok", "404", "404")
ARRANGERS = row(L, "404", "403", "403", "ok", "ok", "404", "404")
OF_THE_OFFICE = row(L, "404", "ok", "ok", "404", "ok", "404", "404")

CASES: list[Case] = [
    ("GET", "workspace:cases", "", SIGNED_IN),
    ("GET", "workspace:case", "case", READERS),
    ("GET", "workspace:case", "case_of_the_office", OF_THE_OFFICE),
    ("GET", "workspace:case_letter", "case", WRITERS),
    ("POST", "workspace:case_letter", "case", WRITERS),
    ("GET", "workspace:case_file", "case letter", READERS),
    ("GET", "workspace:case_next", "case", ARRANGERS),
    ("POST", "workspace:case_take", "opened", row(L, "404", "403", "403", "403", "ok", "404", "404")),
    ("GET", "workspace:case_close", "case", ARRANGERS),
    ("GET", "workspace:case_leave", "case own_party", WRITERS),
    ("GET", "workspace:case_leave", "case party", ARRANGERS),
    ("GET", "workspace:introductions", "", SIGNED_IN),
    ("GET", "workspace:introduction", "introduction", READERS),
    ("GET", "workspace:introduction_reply", "introduction =need", WRITERS),
    ("POST", "workspace:introduction_reply", "introduction =need", WRITERS),
    ("GET", "workspace:introduction_reply", "introduction =offer", ARRANGERS),
    ("GET", "workspace:introduction_letter", "introduction", WRITERS),
    ("GET", "workspace:introduction_file", "introduction letter_between", READERS),
    ("GET", "workspace:introduction_withdraw", "introduction", WRITERS),
    ("POST", "workspace:introduction_withdraw", "introduction", WRITERS),
    ("GET", "workspace:introduction_reopen", "declined", ARRANGERS),
    ("POST", "workspace:introduction_reopen", "declined", ARRANGERS),
    ("GET", "workspace:ask", "free_offer", row(L, "ok", "ok", "ok", "ok", "ok", W, W)),
    ("GET", "desk:outreach", "free_need", STAFF),
    ("POST", "desk:outreach", "free_need", STAFF),
    ("POST", "desk:outreach_stop", "need_with_outreach", STAFF),
    ("GET", "desk:cases", "", STAFF),
    ("POST", "desk:case_open", "free_need", STAFF),
    ("GET", "desk:introduce", "free_need free_offer", STAFF),
    ("POST", "desk:introduce", "free_need free_offer", STAFF),
    ("GET", "desk:introduce_team", "team", STAFF),
    ("POST", "desk:introduce_team", "team", STAFF),
    ("GET", "public:reply_link", "token", EVERYBODY),
    ("POST", "public:reply_link", "token", EVERYBODY),
    ("GET", "public:reply_link", "stale_token", row(*["403"] * 8)),
]
