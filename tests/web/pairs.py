"""A need and an offer that fit, each with people of its own."""

from dataclasses import dataclass

from musubi.base.accounts.models import User
from musubi.flow.listings.models import Listing
from musubi.flow.matching.models import Proposal
from tests.factories import Town, make_person
from tests.together import make_need, make_offer


@dataclass(frozen=True)
class Pair:
    """A need of the town's association and an offer of a company, with the company's owner."""

    town: Town
    need: Listing
    offer: Listing
    giver: User


def make_pair(town: Town) -> Pair:
    """The pair with its proposal; both sides have contacts that nobody else may see."""
    giver = make_person("会社の担当")
    need = make_need(town, title="夏祭りのいすを探しています")
    offer = make_offer(town, giver, title="いすを貸します")
    offer.actor.phone, offer.actor.representative = "0120-000-001", "海野まこと"
    offer.actor.save(update_fields=["phone", "representative"])
    town.actor.email, town.actor.phone = "chonaikai@example.jp", "0120-000-002"
    town.actor.save(update_fields=["email", "phone"])
    Proposal.objects.create(
        need=need,
        offer=offer,
        score=0.7,
        reasons=[
            {"signal": "amount", "sentence": "100個のうち40個で足ります。", "value": 1, "weight": 0.5},
            {"signal": "area", "sentence": "同じ港区にあります。", "value": 1, "weight": 0.4},
        ],
        engine_version="x",
        proposed_at=need.created_at,
    )
    return Pair(town, need, offer, giver)
