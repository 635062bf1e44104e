"""A listing in words, for the pages of its own people."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from musubi.flow.listings.enums import ListingState
from musubi.flow.listings.models import Listing
from musubi.flow.matching.models import Introduction, Proposal
from musubi.web.shared.listing_words import Candidate, facts_of, groups_of

__all__ = ["facts_of", "groups_of", "needs_answered", "next_step"]


def needs_answered(proposals: Iterable[Proposal], introduced: Mapping[int, Introduction]) -> list[Candidate]:
    """For an offer: the needs it may help with, and how far it has come with each."""
    return [
        Candidate(proposal, proposal.need, introduction=introduced.get(proposal.need_id))
        for proposal in proposals
    ]


def next_step(listing: Listing) -> str:
    """What its people can do now."""
    if listing.hidden_at is not None:
        return _("市が非表示にしています。理由を読み、直すところを直してから、返事を送ってください。")
    steps = {
        ListingState.DRAFT: _("まだだれにも見えていません。続きを書いて、「確かめて公開」を押してください。"),
        ListingState.PUBLISHED: _(
            "公開中です。下の候補を見て、気になる相手に「話を聞きたい」と伝えるか、コーディネーターに相談してください。"
        )
        if listing.is_need
        else _(
            "公開中です。役に立てそうなニーズがあれば、「話を聞きたい」と伝えるか、コーディネーターに相談してください。"
        ),
        ListingState.RESERVED: _("相手との調整が進んでいます。決まったら「決まりました」を押してください。"),
        ListingState.FULFILLED: _(
            "決まりました。おめでとうございます。まだ足りないときや、話がなくなったときは、もう一度公開できます。"
        )
        if listing.is_need
        else _("決まりました。ありがとうございます。また提供できるときは、もう一度公開できます。"),
        ListingState.WITHDRAWN: _("取り下げました。もう一度載せるときは、内容を確かめて公開してください。"),
        ListingState.EXPIRED: _(
            "期限が来て、ほかの方に見えなくなりました。まだ必要なら、期限を直して公開してください。"
        ),
    }
    return steps[ListingState(listing.state)]
