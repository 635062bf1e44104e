"""Keeping the proposals of a whole town: after many listings came in at once."""

import datetime as dt
from itertools import groupby

from django.db.models import Q
from django.utils import timezone

from musubi.base.places.models import Municipality
from musubi.flow.listings.enums import Side
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import matchable

from ..models import Proposal, TeamProposal
from ..queries import match_all, match_teams
from .proposals import RANKED, _best, _keep


def propose_for_town(*, municipality: Municipality, now: dt.datetime) -> int:
    """Ask the engine anew for every published need of a town; how many needs something answers.

    The offers are read once; each need's answers are kept in a transaction of their own.
    """
    answered = set()
    today = timezone.localdate(now)
    found = match_all(municipality, today=today, top=RANKED)
    for _, matches in groupby(found, key=lambda match: match.need.pk):
        answers = list(matches)
        need = answers[0].need
        _keep(need, _best(answers), match_teams(need, today=today), now)
        answered.add(answers[0].need.pk)
    # What answers a line may be too little for the whole need: then there is a team and no proposal.
    open_now = matchable(municipality.pk, Side.NEED, today=today)
    stale = Proposal.objects.filter(need__municipality=municipality, superseded_at=None).values("need")
    teams = TeamProposal.objects.filter(need__municipality=municipality, superseded_at=None).values("need")
    rest = Q(pk__in=open_now.order_by().values("pk")) | Q(pk__in=stale) | Q(pk__in=teams)
    for need in Listing.objects.filter(rest).exclude(pk__in=answered).order_by("pk"):
        _keep(need, [], match_teams(need, today=today), now)
    return len(answered)
