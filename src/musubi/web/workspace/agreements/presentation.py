"""A version in words, for its page, its print and the section of its case."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.template.defaultfilters import linebreaksbr
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from musubi.base.common.joining import bracketed, labelled, spread
from musubi.base.common.verdict import Verdict
from musubi.flow.actors.models import Actor
from musubi.flow.cases.enums import AgreementState
from musubi.flow.cases.models import (
    AgreementIndicator,
    AgreementPart,
    AgreementUse,
    AgreementVersion,
    Confirmation,
)
from musubi.flow.cases.permissions import can_arrange, can_confirm_version
from musubi.flow.cases.queries import (
    OfferedLine,
    acts_for_in,
    differences,
    offered_lines,
    parties_of,
)
from musubi.flow.listings.words import amount_words
from musubi.web.design.wording import era_day
from musubi.web.shared.agreement_forms import Explanation, explanation_of

from .changes import marked

if TYPE_CHECKING:
    from musubi.base.accounts.models import User


@dataclass(frozen=True)
class Sheet:
    """What a version says, in the order in which it is read."""

    version: AgreementVersion
    explanation: Explanation | None
    aim: str
    parts: list[AgreementPart]
    uses: list[str]
    facts: list[tuple[str, Any]]
    indicators: list[AgreementIndicator]
    confirmations: list[Confirmation]


@dataclass(frozen=True)
class Confirmer:
    """One party, whether it has said yes, and what this reader may press for it."""

    actor: Actor
    confirmation: Confirmation | None
    is_own: bool
    press: Verdict
    type_in: Verdict
    arranges: bool


@dataclass(frozen=True)
class Change:
    """One part that differs from the version before."""

    label: str
    text: SafeString


def sheet_of(version: AgreementVersion) -> Sheet:
    """Everything in words; without the parts in which nothing is said."""
    offered = {line.key: line for line in offered_lines(version.agreement.case)}
    return Sheet(
        version,
        explanation_of(version.form),
        version.aim,
        list(version.parts.all()),
        [use_words(use, offered) for use in version.uses.all()],
        [(label, linebreaksbr(words) if words else "") for label, words in facts_of(version)],
        list(version.indicators.all()),
        list(version.confirmations.all()),
    )


def facts_of(version: AgreementVersion) -> list[tuple[str, str]]:
    """What is decided besides who does what, as it was typed; empty where nothing is said."""
    return [
        (_("お金の分担"), version.cost),
        (_("もしものときと保険"), version.risk),
        (_("広報のしかた"), version.publicity),
        (_("期間"), _period(version)),
        (_("見直しの日"), era_day(version.review_on) if version.review_on else ""),
        (_("そのほか"), version.other),
    ]


def use_words(use: AgreementUse, offered: dict[tuple[int, str, str, str], OfferedLine]) -> str:
    """「物品 折りたたみいす：100個のうち40個（みなと商事）」."""
    what = " ".join(part for part in (use.get_resource_display(), use.what) if part)
    line = offered.get((use.listing_id, use.resource, use.what, use.unit))
    if use.amount is not None:
        used = amount_words(use.amount, use.unit)
        if line is not None and line.amount is not None:
            whole = amount_words(line.amount, use.unit)
            used = _("%(whole)sのうち%(used)s") % {"whole": whole, "used": used}
        what = labelled(what, used)
    return bracketed(what, use.listing.actor)


def state_words(version: AgreementVersion, newest: AgreementVersion) -> str:
    """Where a version stands, on its own page and in the history."""
    if version.agreed_at is not None:
        return _("合意しました")
    if version.proposed_at is None:
        return _("下書き")
    return _("確認中") if version == newest else _("書き直しました")


def state_value(version: AgreementVersion) -> str:
    """The same as a badge's colour knows it."""
    return "fulfilled" if version.agreed_at else "reserved" if version.proposed_at else "draft"


def confirmers_of(version: AgreementVersion, user: "User") -> list[Confirmer]:
    """Every current party in order; the buttons belong to the version that is being confirmed."""
    case = version.agreement.case
    own = {actor.pk for actor in acts_for_in(user, case)}
    arranges = bool(can_arrange(user, case))
    said = {row.actor_id: row for row in version.confirmations.all()}
    is_open = version.agreement.state == AgreementState.CONFIRMING
    return [
        Confirmer(
            party.actor,
            said.get(party.actor_id),
            is_open and party.actor_id in own,
            can_confirm_version(user, version, party.actor),
            can_confirm_version(user, version, party.actor, "telephone"),
            is_open and arranges,
        )
        for party in parties_of(case)
    ]


def signers_of(version: AgreementVersion) -> list[Actor]:
    """Who signs it on paper: whom it was agreed with, or while it is not agreed whoever takes part now."""
    if version.agreed_at is not None:
        return [part.actor for part in version.parts.all()]
    return [party.actor for party in parties_of(version.agreement.case)]


def changes_of(old: AgreementVersion | None, new: AgreementVersion) -> list[Change]:
    """What differs from the version before, word by word; nothing for the first."""
    if old is None:
        return []
    return [Change(row.label, marked(row.before, row.after)) for row in differences(old, new)]


def _period(version: AgreementVersion) -> str:
    return spread(*(era_day(day) if day else "" for day in (version.starts_on, version.ends_on)))
