"""Introductions as parts of a case."""

from django.db.models import QuerySet

from musubi.flow.listings.models import Listing
from musubi.flow.matching.enums import INTRODUCTION_OPEN
from musubi.flow.matching.models import Introduction

from ..enums import CASE_OPEN
from ..models import Case


def open_case_of(need: Listing) -> Case | None:
    """The case that somebody works on for this need; a need has at most one."""
    rows = Case.objects.filter(need=need, state__in=CASE_OPEN)
    return rows.select_related("municipality", "need__actor", "coordinator").first()


def case_of(introduction: Introduction) -> Case | None:
    """The case in which an introduction was made. Whether somebody may open its page is `cases_for`'s to say."""
    rows = Case.objects.filter(introductions__introduction=introduction)
    return rows.select_related("municipality", "need__actor", "coordinator").first()


def introductions_of(case: Case) -> QuerySet[Introduction]:
    """What was introduced in a case, in that order."""
    rows = Introduction.objects.filter(in_case__case=case).order_by("introduced_at", "pk")
    return rows.select_related("need__actor", "offer__actor", "introduced_by").prefetch_related("replies")


def asked_actors_in(case: Case) -> set[int]:
    """Whose offers are introduced in a case and not settled with a no: nobody need be asked twice at once."""
    rows = Introduction.objects.filter(in_case__case=case, state__in=INTRODUCTION_OPEN)
    return set(rows.order_by().values_list("offer__actor", flat=True))
