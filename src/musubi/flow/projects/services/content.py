"""What is said of a collaboration that was born elsewhere, as one value; what is wrong with it, part by part."""

import datetime as dt
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from musubi.base.common.enums import Field, Visibility
from musubi.base.places.models import Municipality
from musubi.base.places.queries import areas_within
from musubi.flow.actors.models import Actor
from musubi.flow.cases.enums import AgreementForm

from ..enums import PROJECT_ENDED, PartnerRole, ProjectState, StopReason
from ..models import Project
from ..queries import partners_of
from .dates import wrong_review

COLUMNS = (
    "title",
    "aim",
    "form",
    "town",
    "visibility",
    "starts_on",
    "ends_on",
    "review_on",
    "result",
    "stop_reason",
)


@dataclass(frozen=True, kw_only=True)
class PartnerValue:
    """One of the team: an actor of the town by its id, or the name of one who is not in Musubi."""

    actor_id: int | None = None
    name: str = ""
    role: str = PartnerRole.PARTNER
    does: str = ""


@dataclass(frozen=True, kw_only=True)
class ProjectContent:
    """Everything that is said of a collaboration entered afterwards."""

    title: str
    aim: str
    form: str
    partners: tuple[PartnerValue, ...]
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    review_on: dt.date | None = None
    area_ids: tuple[int, ...] = ()
    town: str = ""
    fields: tuple[int, ...] = ()
    visibility: str = Visibility.PUBLIC
    state: str = ProjectState.ACTIVE
    stop_reason: str = ""
    result: str = ""

    def __post_init__(self) -> None:
        for name in ("area_ids", "fields"):
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))


def content_of_project(project: Project) -> ProjectContent:
    """What is stored, as it would be entered."""
    return ProjectContent(
        **{name: getattr(project, name) for name in COLUMNS},
        state=project.state,
        fields=tuple(project.fields),
        area_ids=tuple(project.areas.order_by().values_list("pk", flat=True)),
        partners=tuple(
            PartnerValue(actor_id=row.actor_id, name=row.name, role=row.role, does=row.does)
            for row in partners_of(project)
        ),
    )


def checked(
    content: ProjectContent,
    municipality: Municipality,
    *,
    today: dt.date,
    stored: ProjectContent | None = None,
) -> ProjectContent:
    """The same with its partners in order; ValidationError with a sentence at each part that is wrong.

    What `stored` has as its end may stand: a project may have stopped before the end that was planned.
    """
    wrong = {name: [sentence] for name, is_wrong, sentence in _faults(content, municipality) if is_wrong}
    if "ends_on" not in wrong and _ends_too_late(content, today, stored):
        wrong["ends_on"] = [
            _(
                "終わった協働の「終わりの日」は、今日までの日にしてください。"
                "まだ続いているときは、「いまの様子」を「進行中」にしてください。"
            )
        ]
    problem = _wrong_partners(content, municipality)
    if problem:
        wrong["partners"] = [problem]
    if wrong:
        raise ValidationError(wrong)
    return _in_order(content)


def _faults(content: ProjectContent, municipality: Municipality) -> list[tuple[str, bool, str]]:
    """Each part, whether something is wrong with it, and what to do."""
    starts, ends, areas = content.starts_on, content.ends_on, set(content.area_ids)
    outside = bool(areas) and areas_within(municipality).filter(pk__in=areas).count() < len(areas)
    stopped = content.state == ProjectState.STOPPED
    late = wrong_review(content.review_on, starts_on=starts, ends_on=ends)
    return [
        ("title", not content.title.strip(), _("協働の名前を入れてください。")),
        ("aim", not content.aim.strip(), _("何を目指しているかを書いてください。")),
        ("form", content.form not in AgreementForm.values, _("協働の形を選んでください。")),
        ("visibility", content.visibility not in Visibility.values, _("だれに見せるかを選んでください。")),
        ("fields", not set(content.fields) <= set(Field.values), _("活動の分野を選び直してください。")),
        ("area_ids", outside, _("地域は、この町の中から選んでください。")),
        (
            "ends_on",
            bool(starts and ends and ends < starts),
            _("終わりの日は、始まりの日と同じか、それより後にしてください。"),
        ),
        ("review_on", bool(late), late),
        ("state", content.state not in ProjectState.values, _("いまの様子を選んでください。")),
        (
            "stop_reason",
            stopped and content.stop_reason not in StopReason.values,
            _("中止の理由を選んでください。"),
        ),
    ]


def _ends_too_late(content: ProjectContent, today: dt.date, stored: ProjectContent | None) -> bool:
    """Whether something that has ended is said to end in days to come."""
    if content.state not in PROJECT_ENDED or content.ends_on is None or content.ends_on <= today:
        return False
    return stored is None or (stored.state, stored.ends_on) != (content.state, content.ends_on)


def same_name(name: str) -> str:
    """What two spellings of a name have in common: spaces, wide or narrow, do not make another name."""
    return "".join(name.split())


def _wrong_partners(content: ProjectContent, municipality: Municipality) -> str:
    if not content.partners:
        return _("いっしょに行う団体を1つ以上入れてください。")
    if any((row.actor_id is None) == (not row.name.strip()) for row in content.partners):
        return _("団体は、登録のあるものを選ぶか、名前を入れてください。")
    if any(row.role not in PartnerRole.values for row in content.partners):
        return _("団体の役割を選び直してください。")
    known = [row.actor_id for row in content.partners if row.actor_id is not None]
    names = [same_name(row.name) for row in content.partners if row.actor_id is None]
    if len(set(known)) < len(known) or len(set(names)) < len(names):
        return _("同じ団体が2回入っています。1つにしてください。")
    if Actor.objects.filter(municipality=municipality, pk__in=known).count() < len(known):
        return _("団体は、この町に登録のあるものを選んでください。")
    return ""


def _in_order(content: ProjectContent) -> ProjectContent:
    """Somebody leads: the first, where nobody is named; a reason only where it stopped."""
    rows = [replace(row, name=" ".join(row.name.split()), does=row.does.strip()) for row in content.partners]
    if not any(row.role == PartnerRole.LEAD for row in rows):
        rows[0] = replace(rows[0], role=PartnerRole.LEAD)
    order = list(PartnerRole)
    rows.sort(key=lambda row: order.index(PartnerRole(row.role)))
    stopped = content.state == ProjectState.STOPPED
    return replace(
        content,
        title=content.title.strip(),
        aim=content.aim.strip(),
        result=content.result.strip(),
        partners=tuple(rows),
        stop_reason=content.stop_reason if stopped else "",
    )
