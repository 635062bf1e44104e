"""Listings as CSV or xlsx with Japanese headers, the way `musubi template listings` writes them."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from django.utils import timezone

from musubi.base.common.enums import Visibility
from musubi.base.places.models import Municipality
from musubi.flow.actors.enums import ActorKind
from musubi.flow.listings.enums import Condition, Resource, Side, Template, Unit
from musubi.flow.listings.services import Content, LineValue, MenuValue, WindowValue

from .cells import EXAMPLE, Cells, read_weekdays
from .columns import Column, choose
from .errors import RefusedRow
from .listings import ReadListing, Refusal, reading_each
from .listings_jsonl import LARGEST, check_windows, checked_window, needed_length
from .places import Places, area_ids
from .words import choice_of, choices_in, fields_of

LINES = (1, 2, 3)
USUAL_UNITS = {
    "place": "capacity",
    "people": "people",
    "expertise": "people",
    "money": "yen",
    "goods": "items",
}
MOST_DAYS = 365
MENU = ("できること", "できないこと", "答える係", "何営業日以内に答えるか")

COLUMNS = (
    Column(name="管理番号", also=("番号", "ID"), example=f"{EXAMPLE}1", explanation="この行を見分ける番号。同じ番号で取り込み直すと、前の内容が新しくなります。"),
    Column(name="区分", also=("種別",), needed=True, example="ニーズ", explanation="「ニーズ」か「提供」"),
    Column(name="題名", also=("タイトル", "件名"), needed=True, example="子ども食堂の会場をさがしています", explanation="80文字まで"),
    Column(name="くわしく", also=("内容", "本文", "説明"), needed=True, example="毎月第2土曜の昼に、親子30人ほどで食事をします。台所のある所だと助かります。", explanation="4000文字まで"),
    Column(name="団体名", also=("団体", "主体", "名前"), needed=True, example="（見本）あおぞら食堂の会", explanation="だれのニーズ・提供か。登録のない団体は、下書きとして作ります。"),
    Column(name="団体の種類", also=("主体の種類",), example="市民活動団体", explanation="、".join(str(label) for label in ActorKind.labels)),
    Column(name="種類1", also=("必要なもの・できること", "資源", "必要なもの", "できること・渡せるもの"), needed=True, example="場所", explanation="、".join(str(label) for label in Resource.labels)),
    Column(name="なにを1", example="台所のある部屋"),
    Column(name="どれだけ1", also=("数量",), example="30席", explanation="数と単位（人、席、円、個、回、時間）"),
    Column(name="種類2", example="人手"),
    Column(name="なにを2", example="配膳の手伝い"),
    Column(name="どれだけ2", example="4人"),
    Column(name="種類3"),
    Column(name="なにを3"),
    Column(name="どれだけ3"),
    Column(name="地域", also=("区", "地域コード"), example="市全体", explanation="区の名前か6けたのコード。いくつもあるときは「、」で区切る。空なら市全体"),
    Column(name="町名"),
    Column(name="いつから", also=("開始日",), example="2027-04-10"),
    Column(name="いつまで", also=("終了日",), example="2028-03-11"),
    Column(name="曜日", example="土", explanation="「土、日」「平日」「毎日」など"),
    Column(name="何時から", also=("開始時刻",), example="10:00"),
    Column(name="何時まで", also=("終了時刻",), example="14:00"),
    Column(name="続けて必要な長さ", also=("必要な長さ", "必要な時間"), example="3時間", explanation="ニーズのときだけ。空なら1時間"),
    Column(name="条件", example="車いす可", explanation="、".join(str(label) for label in Condition.labels)),
    Column(name="分野", also=("活動分野",), example="13", explanation="NPO法の20分野の番号か名前"),
    Column(name="どんな相手と", explanation="団体の種類と同じ言葉"),
    Column(name="だれに見せるか", example="公開", explanation="公開、登録者、中間支援、庁内"),
    Column(name="いつまで載せるか", also=("掲載期限",)),
    *(Column(name=name, explanation="協働メニュー（行政担当課・中間支援組織の提供）のときだけ") for name in MENU),
)  # fmt: skip


class ListingTable:
    """Reads rows of a table into listings of a town."""

    def __init__(self, municipality: Municipality) -> None:
        self.places = Places(municipality)
        self.today = timezone.localdate()

    def read(
        self, headers: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], *, file: str
    ) -> Iterator[ReadListing | Refusal]:
        """Every row as a listing, or why it is none."""
        chosen = choose(COLUMNS, headers, file=file)
        cells = (chosen.cells(line, row) for line, row in rows)
        return reading_each(cells, self._listing, key="管理番号", title="題名")

    def _listing(self, cells: Cells) -> ReadListing:
        cells.demand_row()
        cells.skip_example("管理番号")
        side = choice_of(Side, cells.demanded("区分"), "区分")
        title, actor = cells.demanded("題名", limit=80), cells.demanded("団体名", limit=120)
        kind = cells.text("団体の種類")
        menu = _menu(cells)
        if menu is not None and side != Side.OFFER:
            raise RefusedRow("協働メニューは「提供」として載せてください。")
        expires_on = cells.day("いつまで載せるか")
        if expires_on is not None and expires_on < self.today:
            raise RefusedRow("「いつまで載せるか」が過ぎています。これからの日に直してください。")
        visibility = cells.text("だれに見せるか")
        areas = area_ids(self.places, cells, cells.items("地域")) or (self.places.municipality.area_id,)
        town = cells.text("町名", limit=60)
        self.places.check_town(cells, areas, town)
        windows = _windows(side, cells)
        content = Content(
            title=title,
            body=cells.demanded("くわしく", limit=4000, multiline=True),
            lines=_lines(cells),
            area_ids=areas,
            town=town,
            windows=windows,
            conditions=choices_in(Condition, cells, "条件"),
            wanted_kinds=choices_in(ActorKind, cells, "どんな相手と"),
            fields=fields_of(cells, "分野"),
            visibility=choice_of(Visibility, visibility, "だれに見せるか")
            if visibility
            else Visibility.PUBLIC,
            expires_on=expires_on,
            menu=menu,
        )
        check_windows(cells, side, content, self.today)
        return ReadListing(
            cells=cells,
            ref=cells.text("管理番号", limit=80) or derived_ref(side, actor, title),
            side=side,
            actor=actor,
            actor_kind=choice_of(ActorKind, kind, "団体の種類") if kind else "",
            content=content,
            template=Template.MENU if menu else Template.FREE,
        )


def derived_ref(side: str, actor: str, title: str) -> str:
    """The key of a row without a number: the same actor's same title is the same listing."""
    return f"row:{sha256(f'{side}|{actor}|{title}'.encode()).hexdigest()[:32]}"


def _lines(cells: Cells) -> tuple[LineValue, ...]:
    lines = []
    for number in LINES:
        resources = choices_in(Resource, cells, f"種類{number}")
        what, amount = cells.text(f"なにを{number}", limit=120), cells.number(f"どれだけ{number}")
        if not resources:
            if what or amount:
                raise RefusedRow(
                    f"「なにを{number}」か「どれだけ{number}」がありますが、「種類{number}」がありません。"
                )
            continue
        lines.append(_line(resources[0], what, amount, number))
        lines += [LineValue(resource=resource) for resource in resources[1:]]
    if not lines:
        raise RefusedRow("「種類1」がありません。必要なもの・できることを1つ以上入れてください。")
    return tuple(lines)


def _line(resource: str, what: str, amount: tuple[int, str] | None, number: int) -> LineValue:
    if amount is None:
        return LineValue(resource=resource, what=what)
    if not 0 <= amount[0] <= LARGEST:
        raise RefusedRow(f"「どれだけ{number}」の数が大きすぎるか、0より小さいです。確かめてください。")
    unit = choice_of(Unit, amount[1], f"どれだけ{number}") if amount[1] else USUAL_UNITS.get(resource, "")
    if not unit:
        raise RefusedRow(
            f"「どれだけ{number}」に単位がありません。「3回」「20人」のように、単位も入れてください。"
        )
    # 「30人」 of a room is how many it holds.
    if resource == Resource.PLACE and unit == Unit.PEOPLE:
        unit = Unit.CAPACITY
    return LineValue(resource=resource, what=what, amount=amount[0], unit=unit)


def _windows(side: str, cells: Cells) -> tuple[WindowValue, ...]:
    window = WindowValue(
        starts_on=cells.day("いつから"),
        ends_on=cells.day("いつまで"),
        weekdays=read_weekdays(cells.text("曜日")),
        opens=cells.time("何時から"),
        closes=cells.time("何時まで"),
        least_minutes=needed_length(side, cells, "続けて必要な長さ", said_in=cells),
    )
    return () if window == WindowValue() else (checked_window(window),)


def _menu(cells: Cells) -> MenuValue | None:
    can_do, cannot_do = (cells.text(name, limit=2000, multiline=True) for name in MENU[:2])
    answered_by, days = cells.text(MENU[2], limit=80), cells.number(MENU[3])
    if not (can_do or cannot_do or answered_by or days):
        return None
    if days and not 1 <= days[0] <= MOST_DAYS:
        raise RefusedRow(f"「{MENU[3]}」は1から{MOST_DAYS}までの数で入れてください。")
    return MenuValue(
        can_do=can_do,
        cannot_do=cannot_do,
        answered_by=answered_by,
        answers_within_days=days[0] if days else None,
    )
