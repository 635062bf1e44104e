"""Collaborations that already run: a department's list of who does what with whom."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.core.exceptions import ValidationError

from musubi.base.common.enums import Source, Visibility
from musubi.base.places.models import Municipality
from musubi.flow.actors.enums import ActorKind
from musubi.flow.actors.models import Actor
from musubi.flow.actors.queries.by_name import actors_by_name
from musubi.flow.cases.enums import AgreementForm
from musubi.flow.projects.enums import PROJECT_ENDED, PartnerRole, ProjectState, StopReason
from musubi.flow.projects.queries import find_entered, is_in_hand
from musubi.flow.projects.services import PartnerValue, ProjectContent, enter_project
from musubi.flow.stories.services import save_entered_project
from musubi.web.design.reading import fold, read_date

from .cells import EXAMPLE, Cells
from .columns import Column, choose
from .errors import RefusedRow, SkippedRow
from .places import Places, area_ids
from .report import MADE_UP, Report, Result, RowOutcome
from .words import choice_of, fields_of

REF_LENGTH = 80
FIRST_MONTH = 4
"""A Japanese fiscal year begins in April."""

COLUMNS = (
    Column(name="管理番号", also=("番号", "ID", "事業番号", "No", "No."), example=f"{EXAMPLE}1", explanation="この協働を見分ける番号。なければ名前で見分けます。"),
    Column(name="名前", also=("事業名", "協働事業名", "プロジェクト名", "取組名", "題名"), needed=True, example="（見本）駅前花壇の手入れ", explanation="120文字まで"),
    Column(name="目的", also=("目指すこと", "概要", "事業概要", "事業内容", "内容"), needed=True, example="駅前の花壇を、近くの人の手で一年中咲かせる。", explanation="2000文字まで"),
    Column(name="協働の形", also=("形態", "協働の形態", "協働形態", "区分"), needed=True, example="委託", explanation="、".join(str(label) for label in AgreementForm.labels)),
    Column(name="担当課", also=("所管課", "課名", "部署"), example="公園緑地課", explanation="登録のある課の名前なら、その課につながります。"),
    Column(name="相手", also=("協働の相手", "協働相手", "相手方", "団体名", "パートナー"), needed=True, example="ひだまり花の会、表町自治会", explanation="いくつもあるときは「、」で区切る。登録のある団体の名前なら、その団体につながります。"),
    Column(name="中心になる団体", also=("主催", "代表団体"), explanation="空なら担当課、担当課も空なら最初の相手"),
    Column(name="年度", also=("実施年度",), explanation="「令和7年度」「2025年度」。始まりと終わりが空のときに使います。"),
    Column(name="始まり", also=("いつから", "開始日", "始期"), example="2026-04-01"),
    Column(name="終わり", also=("いつまで", "終了日", "終期"), example="2027-03-31"),
    Column(name="見直しの日", also=("見直し",)),
    Column(name="いまの様子", also=("状態", "状況"), example="進行中", explanation="、".join(str(label) for label in ProjectState.labels) + "。空なら、終わりの日が過ぎていれば「目的を達成しました」"),
    Column(name="中止の理由", explanation="中止のときだけ: " + "、".join(str(label) for label in StopReason.labels)),
    Column(name="結果", also=("成果", "実績"), example="苦情がなくなり、手入れの人が5人から14人になりました。", explanation="2000文字まで"),
    Column(name="分野", also=("活動分野",), example="3、7", explanation="NPO法の20分野の番号か名前"),
    Column(name="地域", also=("区", "地域コード", "実施場所"), example="市全体", explanation="区の名前か6けたのコード。空なら市全体"),
    Column(name="町名"),
    Column(name="だれに見せるか", also=("公開範囲",), example="公開", explanation="公開、登録者、中間支援、庁内。空なら公開"),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ReadProject:
    """A row understood; its partners by the names the file gives, the one in the lead first."""

    cells: Cells
    ref: str
    partners: tuple[str, ...]
    content: ProjectContent


@dataclass(frozen=True)
class Refusal:
    """A row that cannot be used, and why."""

    cells: Cells
    title: str
    reason: str
    skipped: bool = False


class ProjectTable:
    """Reads rows of a department's list."""

    def __init__(self, municipality: Municipality, today: dt.date) -> None:
        self.places, self.today = Places(municipality), today

    def read(
        self, headers: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], *, file: str
    ) -> Iterator[ReadProject | Refusal]:
        """Every row as a collaboration, or why it is none."""
        chosen = choose(COLUMNS, headers, file=file)
        for line, row in rows:
            cells = chosen.cells(line, row)
            try:
                yield self._project(cells)
            except RefusedRow as error:
                title = (cells.values.get("名前") or "")[:120]
                yield Refusal(cells, title, str(error), skipped=isinstance(error, SkippedRow))

    def _project(self, cells: Cells) -> ReadProject:
        cells.demand_row()
        cells.skip_example("管理番号")
        title = " ".join(cells.demanded("名前", limit=120).split())
        starts_on, ends_on = self._period(cells)
        state = self._state(cells, starts_on, ends_on)
        if state in PROJECT_ENDED and not cells.values.get("終わり") and ends_on and ends_on > self.today:
            ends_on = None  # the year was a plan: when in it the work ended is not known
        reason = cells.text("中止の理由")
        visibility = cells.text("だれに見せるか")
        areas = area_ids(self.places, cells, cells.items("地域")) or (self.places.municipality.area_id,)
        town = cells.text("町名", limit=60)
        self.places.check_town(cells, areas, town)
        content = ProjectContent(
            title=title,
            aim=cells.demanded("目的", limit=2000, multiline=True),
            form=choice_of(AgreementForm, cells.demanded("協働の形"), "協働の形"),
            partners=(),
            starts_on=starts_on,
            ends_on=ends_on,
            review_on=cells.day("見直しの日"),
            area_ids=areas,
            town=town,
            fields=fields_of(cells, "分野"),
            visibility=choice_of(Visibility, visibility, "だれに見せるか")
            if visibility
            else Visibility.PUBLIC,
            state=state,
            stop_reason=choice_of(StopReason, reason, "中止の理由") if reason else "",
            result=cells.text("結果", limit=2000, multiline=True),
        )
        ref = cells.text("管理番号", limit=REF_LENGTH) or derived_ref(title)
        return ReadProject(cells=cells, ref=ref, partners=_partners(cells), content=content)

    def _period(self, cells: Cells) -> tuple[dt.date | None, dt.date | None]:
        starts_on, ends_on = cells.day("始まり"), cells.day("終わり")
        year = cells.text("年度")
        if starts_on is None and ends_on is None and year:
            return _fiscal_year(year)
        return starts_on, ends_on

    def _state(self, cells: Cells, starts_on: dt.date | None, ends_on: dt.date | None) -> str:
        said = cells.text("いまの様子")
        if said:
            return choice_of(ProjectState, said, "いまの様子")
        if cells.text("中止の理由"):
            return ProjectState.STOPPED
        if ends_on is not None and ends_on < self.today:
            return ProjectState.ACHIEVED
        begins_later = starts_on is not None and starts_on > self.today
        return ProjectState.PREPARING if begins_later else ProjectState.ACTIVE


def import_projects(
    *, municipality: Municipality, rows: Iterable[ReadProject | Refusal], report: Report, now: dt.datetime
) -> None:
    """Take rows in, each whole or not at all; a row that is there already is brought up to date."""
    lines: dict[str, int] = {}
    for row in rows:
        report.add(_refusal(row) if isinstance(row, Refusal) else _take(municipality, row, lines, now))


def _take(
    municipality: Municipality, row: ReadProject, lines: dict[str, int], now: dt.datetime
) -> RowOutcome:
    if first := lines.get(row.ref):
        same = "同じ名前" if row.ref.startswith(MADE_UP) else f"番号「{row.ref}」"
        return _outcome(
            row, "refused", f"{same}は{first}行目にもあります。別のものなら、管理番号を分けてください。"
        )
    lines[row.ref] = row.cells.line
    try:
        return _outcome(row, _save(municipality, row, now))
    except RefusedRow as error:
        return _outcome(row, "refused", str(error))
    except ValidationError as error:
        return _outcome(row, "refused", " ".join(error.messages))


def _save(municipality: Municipality, row: ReadProject, now: dt.datetime) -> Result:
    content = row.content
    values = {name: getattr(content, name) for name in content.__dataclass_fields__}
    content = ProjectContent(**values | {"partners": _known(municipality, row)})
    project = find_entered(municipality, row.ref)
    if project is not None and is_in_hand(project):
        row.cells.cautioned("画面で書き直されているので、ファイルの内容では変えません。")
        return "unchanged"
    if project is None:
        enter_project(
            municipality=municipality,
            content=content,
            source=Source.IMPORT,
            external_ref=row.ref,
            by=None,
            now=now,
        )
        return "taken"
    saved = save_entered_project(project=project, content=content, by=None, now=now)
    return "updated" if saved.moved_at == now else "unchanged"


def _known(municipality: Municipality, row: ReadProject) -> tuple[PartnerValue, ...]:
    """The partners as actors of the town where exactly one has the name, else by name.

    A person is never meant by a name alone: somebody else may be called the same.
    """
    found = actors_by_name(
        municipality, {*row.partners, *(f"{municipality.name} {name}" for name in row.partners)}
    )
    values = []
    for place, name in enumerate(row.partners):
        same = found.get(name, []) or found.get(f"{municipality.name} {name}", [])
        actor = _one([one for one in same if one.kind != ActorKind.INDIVIDUAL], name)
        role = PartnerRole.LEAD if place == 0 else PartnerRole.PARTNER
        if actor is None:
            row.cells.cautioned(f"「{name}」という団体の登録がないので、名前だけで残します。")
        values.append(
            PartnerValue(actor_id=actor.pk if actor else None, name="" if actor else name, role=role)
        )
    return tuple(values)


def _one(same: list[Actor], name: str) -> Actor | None:
    if len(same) > 1:
        raise RefusedRow(f"「{name}」という団体がいくつもあります。区別できる名前に直してください。")
    return same[0] if same else None


def _partners(cells: Cells) -> tuple[str, ...]:
    """Each once, the one in the lead first: who is named as such, else the department, else the first partner."""
    department = " ".join(cells.text("担当課", limit=120).split())
    lead = " ".join(cells.text("中心になる団体", limit=120).split())
    cells.demanded("相手", multiline=True)
    others = [" ".join(name.split()) for name in cells.items("相手")]
    if long := next((name for name in others if len(name) > 120), ""):
        raise RefusedRow(f"「相手」の「{long[:20]}…」が長すぎます。団体の名前だけにしてください。")
    return tuple(dict.fromkeys(name for name in (lead, department, *others) if name))


def _fiscal_year(text: str) -> tuple[dt.date, dt.date]:
    """「令和7年度」, 「R7」, 「2025」: from April to March."""
    first = read_date(re.sub(r"度$", "", fold(text)), str(FIRST_MONTH), "1")
    if first is None:
        raise RefusedRow(
            f"「年度」の「{text}」は読めません。「令和7年度」か「2025年度」の形で入れてください。"
        )
    return first, dt.date(first.year + 1, FIRST_MONTH, 1) - dt.timedelta(days=1)


def derived_ref(title: str) -> str:
    """The key of a row without a number: the same name is the same collaboration."""
    return f"row:{sha256(title.encode()).hexdigest()[:32]}"


def _outcome(row: ReadProject, result: Result, reason: str = "") -> RowOutcome:
    return RowOutcome(
        line=row.cells.line,
        key=row.ref,
        name=row.content.title,
        result=result,
        repairs=tuple(row.cells.repairs),
        reason=reason,
    )


def _refusal(row: Refusal) -> RowOutcome:
    return RowOutcome(
        line=row.cells.line,
        name=row.title,
        result="skipped" if row.skipped else "refused",
        reason=row.reason,
    )
