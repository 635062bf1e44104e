"""What has to be settled before somebody can leave, each with a sentence and where it is settled."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from musubi.flow.actors.enums import OFFICIAL_KINDS, MembershipRole
from musubi.flow.actors.models import Actor, Mandate, Membership
from musubi.flow.cases.enums import CASE_OPEN
from musubi.flow.cases.models import Case, Party
from musubi.flow.matching.enums import IntroductionState
from musubi.flow.matching.models import Introduction
from musubi.flow.projects.enums import PROJECT_OPEN
from musubi.flow.projects.models import Partner, Project

if TYPE_CHECKING:
    from musubi.base.accounts.models import User

MOST = 20


@dataclass(frozen=True)
class Hindrance:
    """Why not yet, and the page on which it can be changed (none: ask the city)."""

    sentence: str
    path: str = ""
    label: str = ""


def actors_going_with(person: "User") -> list[Actor]:
    """The actors of which this person is the only member and owner: nobody is left to look after them.

    What the city made (a department) stays: its office finds somebody else.
    """
    alone = Membership.objects.values("actor").annotate(n=Count("pk")).filter(n=1).order_by()
    mine = Membership.objects.filter(user_id=person.pk, role=MembershipRole.OWNER)
    rows = Actor.objects.filter(pk__in=mine.values("actor")).filter(pk__in=alone.values("actor"))
    return list(rows.exclude(kind__in=OFFICIAL_KINDS).select_related("municipality").order_by("pk"))


def actors_left_by(person: "User") -> list[Actor]:
    """The other actors of which this person is a member: they stay."""
    going = [actor.pk for actor in actors_going_with(person)]
    rows = Actor.objects.filter(memberships__user_id=person.pk).exclude(pk__in=going)
    return list(rows.order_by("pk"))


def hindrances_of_person(person: "User") -> list[Hindrance]:
    """Mandates, actors that would have no owner, and what hinders the actors that would go along."""
    found = []
    if _in_force(Mandate.objects.filter(user_id=person.pk)).exists():
        found.append(
            Hindrance(
                _(
                    "市からお願いしている役割（コーディネーター・市の運営担当）があります。"
                    "先に、市の運営担当に役割を終えてもらってください。"
                )
            )
        )
    found += [
        Hindrance(
            _("「%(actor)s」の管理者は、あなただけです。先に、ほかの方を管理者にしてください。")
            % {"actor": actor},
            f"/workspace/actors/{actor.pk}/members/",
            _("管理者をほかの方に替える"),
        )
        for actor in _owned_alone_among_others(person)
    ]
    for actor in actors_going_with(person):
        found += hindrances_of_actor(actor)
    return found


def hindrances_of_actor(actor: Actor) -> list[Hindrance]:
    """What is under way with others: cases, projects, introductions that are waited for, mandates."""
    if actor.kind in OFFICIAL_KINDS:
        return [
            Hindrance(
                _("行政の担当課と中間支援組織は、消せません。市の運営担当に、活動の終了を頼んでください。")
            )
        ]
    found = [
        Hindrance(
            _("進行中の案件「%(case)s」があります。先に、案件から抜けるか、終えてもらってください。")
            % {"case": case},
            f"/workspace/cases/{case.pk}/",
            _("案件を開く"),
        )
        for case in running_cases_of(actor)[:MOST]
    ]
    found += [
        Hindrance(
            _("進行中のプロジェクト「%(project)s」があります。先に、プロジェクトから抜けてください。")
            % {"project": project},
            f"/workspace/projects/{project.pk}/",
            _("プロジェクトを開く"),
        )
        for project in running_projects_of(actor)[:MOST]
    ]
    found += [
        Hindrance(
            _(
                "返事のそろっていない紹介「%(title)s」があります。先に、返事をするか、紹介を取りやめてください。"
            )
            % {"title": introduction},
            f"/workspace/introductions/{introduction.pk}/",
            _("紹介を開く"),
        )
        for introduction in awaited_introductions_of(actor)[:MOST]
    ]
    if _in_force(Mandate.objects.filter(actor=actor)).exists():
        found.append(
            Hindrance(
                _(
                    "「%(actor)s」の一員として、市から役割をお願いしている方がいます。"
                    "先に、市の運営担当に役割を終えてもらってください。"
                )
                % {"actor": actor}
            )
        )
    return found


def running_cases_of(actor: Actor) -> QuerySet[Case]:
    takes_part = Party.objects.filter(case=OuterRef("pk"), actor=actor, left_at=None)
    rows = Q(Exists(takes_part)) | Q(need__actor=actor)
    return Case.objects.filter(rows, state__in=CASE_OPEN).order_by("pk")


def running_projects_of(actor: Actor) -> QuerySet[Project]:
    takes_part = Partner.objects.filter(project=OuterRef("pk"), actor=actor, left_on=None)
    return Project.objects.filter(Exists(takes_part), state__in=PROJECT_OPEN).order_by("pk")


def awaited_introductions_of(actor: Actor) -> QuerySet[Introduction]:
    rows = Introduction.objects.filter(
        Q(need__actor=actor) | Q(offer__actor=actor), state=IntroductionState.PROPOSED
    )
    return rows.select_related("need", "offer").order_by("pk")


def _owned_alone_among_others(person: "User") -> list[Actor]:
    owners = Membership.objects.filter(actor=OuterRef("pk"), role=MembershipRole.OWNER)
    others = Membership.objects.filter(actor=OuterRef("pk")).exclude(user_id=person.pk)
    rows = Actor.objects.filter(
        Exists(owners.filter(user_id=person.pk)),
        ~Exists(owners.exclude(user_id=person.pk)),
        Exists(others),
    )
    return list(rows.order_by("pk"))


def _in_force(mandates: QuerySet[Mandate]) -> QuerySet[Mandate]:
    """Those of today, and those that are given for a day to come."""
    return mandates.filter(Q(valid_until=None) | Q(valid_until__gte=timezone.localdate()))
