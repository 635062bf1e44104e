"""The only door to agreements: staff of the town, and whoever takes part."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from musubi.base.common.turn import Turn
from musubi.flow.actors.models import Actor, Membership
from musubi.flow.actors.queries import standing_of
from musubi.flow.actors.queries.standing import MAY_EDIT

from ..enums import AgreementState, CaseState
from ..models import Agreement, AgreementUse, AgreementVersion, Case, Confirmation, Party
from .cases import read_by_staff

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person

AGREEING = frozenset({CaseState.TALKING, CaseState.AGREED})
"""States of a case in which its agreement is written, confirmed and written anew."""


def versions_for(user: "Person") -> QuerySet[AgreementVersion]:
    """Staff and current parties read every version; who left reads what was proposed before they left."""
    takes_part = Party.objects.filter(
        Q(left_at=None) | Q(left_at__gte=OuterRef("proposed_at")),
        case=OuterRef("agreement__case"),
        actor__in=standing_of(user).actor_ids,
    )
    rows = Q(Exists(takes_part)) | read_by_staff(user, "agreement__case__")
    return AgreementVersion.objects.filter(rows).select_related(
        "agreement", "agreement__case", "agreement__case__need", "agreement__case__coordinator"
    )


def with_terms(versions: QuerySet[AgreementVersion]) -> QuerySet[AgreementVersion]:
    """Everything a page says of each version, in a constant number of queries."""
    uses = AgreementUse.objects.select_related("listing__actor")
    said = Confirmation.objects.select_related("actor", "said_by")
    return versions.prefetch_related(
        "parts__actor", Prefetch("uses", uses), "indicators", Prefetch("confirmations", said)
    )


def current_version(agreement: Agreement) -> AgreementVersion:
    """The newest one, whatever its state."""
    return agreement.versions.order_by("-number").select_related("agreement__case")[0]


def agreed_version(case: Case) -> AgreementVersion | None:
    """What is in force: the newest version that all have confirmed, also while the next one is written."""
    return AgreementVersion.objects.filter(agreement__case=case, agreed_at__isnull=False).first()


def uses_in_force(version: AgreementVersion) -> list[AgreementUse]:
    """What a version takes of offers, without those of parties that have left the case since."""
    there = Party.objects.filter(case=version.agreement.case_id, left_at=None)
    return list(version.uses.filter(listing__in=there.values("listing")).select_related("listing__actor"))


def awaited_confirmations_for(user: "Person") -> list[tuple[AgreementVersion, Actor]]:
    """The versions that wait for a party this person acts for, the longest waiting first."""
    parties = (
        Party.objects.filter(
            actor__in=standing_of(user).edits,
            left_at=None,
            case__state__in=AGREEING,
            case__agreement__state=AgreementState.CONFIRMING,
            case__agreement__versions__parts__actor=F("actor"),
            case__agreement__versions__proposed_at__isnull=False,
            case__agreement__versions__agreed_at=None,
        )
        .select_related("actor")
        .distinct()
    )
    asked = {(party.case_id, party.actor_id): party.actor for party in parties}
    found = []
    versions = AgreementVersion.objects.filter(
        _is_current(), agreement__case__in={case for case, _actor in asked}, proposed_at__isnull=False
    )
    versions = versions.select_related("agreement__case").prefetch_related(
        "confirmations", "parts", Prefetch("agreement__case__parties", Party.objects.filter(left_at=None))
    )
    for version in versions:
        if newcomers_of(version, version.agreement.case.parties.all()):
            continue
        done = {row.actor_id for row in version.confirmations.all()}
        found += [
            (version, asked[version.agreement.case_id, part.actor_id])
            for part in version.parts.all()
            if part.actor_id not in done and (version.agreement.case_id, part.actor_id) in asked
        ]
    return sorted(found, key=lambda pair: (pair[0].proposed_at, pair[0].pk, pair[1].pk))


def newcomers_of(version: AgreementVersion, parties: Iterable[Party]) -> list[Actor]:
    """Parties that joined after the version was written: it must be written anew with them."""
    named = {part.actor_id for part in version.parts.all()}
    return [party.actor for party in parties if party.actor_id not in named]


def turns_of_agreement(case: Case) -> list[Turn]:
    """Who is waited for so that the agreement comes about."""
    return turns_of_agreements([case])[case.pk]


def turns_of_agreements(cases: Sequence[Case]) -> dict[int, list[Turn]]:
    """The same for many cases, in a constant number of queries."""
    open_cases = {case.pk: case for case in cases if case.state in AGREEING}
    found: dict[int, list[Turn]] = {case.pk: [] for case in cases}
    if not open_cases:
        return found
    parties: dict[int, list[Party]] = {pk: [] for pk in open_cases}
    for party in Party.objects.filter(case__in=open_cases, left_at=None).select_related("actor"):
        parties[party.case_id].append(party)
    versions = (
        AgreementVersion.objects.filter(_is_current(), agreement__case__in=open_cases)
        .select_related("agreement", "written_by")
        .prefetch_related("parts", "confirmations")
    )
    there = [party.actor_id for rows in parties.values() for party in rows]
    edits = set(
        Membership.objects.filter(actor__in=there, role__in=MAY_EDIT, user__is_active=True).values_list(
            "actor_id", "user_id"
        )
    )
    for version in versions:
        case = open_cases[version.agreement.case_id]
        found[case.pk] = _turns(case, version, parties[case.pk], edits)
    return found


def _is_current() -> Q:
    newer = AgreementVersion.objects.filter(agreement=OuterRef("agreement"), number__gt=OuterRef("number"))
    return ~Q(Exists(newer))


def _turns(
    case: Case, version: AgreementVersion, parties: list[Party], edits: set[tuple[int, int]]
) -> list[Turn]:
    """`edits` holds who acts for whom, as pairs of actor and person."""
    agreement = version.agreement
    path = f"/workspace/agreements/{case.pk}/"

    def staff(what: str, since: dt.datetime) -> Turn:
        return Turn(what, _coordinator(case), since, path=path)

    if agreement.state == AgreementState.DRAFT:
        return [_writer(case, version, parties, edits, path)]
    if agreement.state == AgreementState.AGREED:
        if case.state == CaseState.AGREED:
            start = f"/workspace/projects/start/{case.pk}/"
            return [Turn(_("プロジェクトを始める"), _coordinator(case), agreement.moved_at, path=start)]
        return [staff(_("合意書を、いまの当事者で書き直す"), agreement.moved_at)]
    since = version.proposed_at or agreement.moved_at
    if newcomers_of(version, parties):
        return [staff(_("あとから加わった団体を入れて、合意書を書き直す"), agreement.moved_at)]
    done = {row.actor_id for row in version.confirmations.all()}
    has_editors = {actor for actor, _person in edits}
    turns = []
    for party in parties:
        if party.actor_id in done:
            continue
        if party.actor_id in has_editors:
            turns.append(Turn(_("合意書を確認する"), party.actor.name, since, party.actor_id, path))
        else:
            what = _("%(actor)sに電話などで聞いて、合意書の確認を入力する")
            turns.append(staff(what % {"actor": party.actor}, since))
    return turns or [staff(_("抜けた団体をのぞいて、合意書を書き直す"), agreement.moved_at)]


def _writer(
    case: Case, version: AgreementVersion, parties: list[Party], edits: set[tuple[int, int]], path: str
) -> Turn:
    """Whoever began the draft: one of the parties, else staff."""
    what, since = _("合意書の下書きを仕上げる"), version.agreement.moved_at
    for party in parties:
        if (party.actor_id, version.written_by_id) in edits:
            return Turn(what, party.actor.name, since, party.actor_id, path)
    return Turn(what, _coordinator(case), since, path=path)


def _coordinator(case: Case) -> str:
    if case.coordinator is None:
        return _("コーディネーター（担当はまだ決まっていません）")
    return _("%(name)sさん（コーディネーター）") % {"name": case.coordinator.name}
