"""Actors from any format: taken in batch by batch, with what vouches for them."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice

from django.db import transaction
from django.utils import timezone

from musubi.base.common.corporate_number import DIGITS, is_corporate_number, without_separators
from musubi.base.common.enums import Visibility
from musubi.base.places.models import Municipality
from musubi.flow.actors.enums import ActorKind, ProfileItem
from musubi.flow.actors.models import Actor
from musubi.flow.actors.services import ActorRow, Imported
from musubi.flow.actors.services import import_actors as take_actors
from musubi.flow.actors.services.register import CredentialRow, close_dissolved, import_credentials
from musubi.flow.matching.services import follow_actors

from .cells import EXAMPLE, Cells
from .columns import Column, choose
from .errors import RefusedRow, SkippedRow
from .places import Places
from .report import Report, Result, RowOutcome
from .words import choice_of, fields_of

BATCH = 1000
REF_LENGTH = 80

COLUMNS = (
    Column(name="管理番号", also=("番号", "ID", "登録番号"), example=f"{EXAMPLE}1", explanation="この団体を見分ける番号。なければ法人番号か名前で見分けます。"),
    Column(name="名前", also=("団体名", "名称", "団体の名前"), needed=True, example="（見本）あおぞら食堂の会"),
    Column(name="ふりがな", also=("フリガナ", "よみ", "団体名カナ"), example="あおぞらしょくどうのかい"),
    Column(name="種類", also=("団体の種類", "種別"), needed=True, example="市民活動団体", explanation="、".join(str(label) for label in ActorKind.labels)),
    Column(name="区", also=("地域", "活動している区", "地域コード"), explanation="区の名前か6けたのコード。空なら住所から見つけます。"),
    Column(name="町名"),
    Column(name="ひとこと紹介", also=("紹介",), example="子どもも大人も集える食堂を開いています。", explanation="200文字まで"),
    Column(name="活動の内容", also=("活動内容", "目的"), example="毎月第2土曜に、だれでも来られる食堂を開いています。", explanation="4000文字まで"),
    Column(name="分野", also=("活動分野",), example="1、13", explanation="NPO法の20分野の番号か名前"),
    Column(name="設立", also=("設立年月日", "設立日"), example="2019-04-01"),
    Column(name="法人番号", explanation="13けた"),
    Column(name="代表者", also=("代表者の名前", "代表者氏名", "代表者名")),
    Column(name="メール", also=("メールアドレス", "Eメール", "e-mail", "email")),
    Column(name="電話", also=("電話番号", "TEL")),
    Column(name="住所", also=("所在地",)),
    Column(name="ホームページ", also=("URL", "ウェブサイト", "HP")),
    Column(name="公開する項目", example="ホームページ", explanation="だれにでも見せてよいもの: 代表者、メール、電話、住所、ホームページ。書かないものは市の担当だけが見ます。"),
)  # fmt: skip
ITEMS = {
    "代表者": "representative",
    "メール": "email",
    "電話": "phone",
    "住所": "address",
    "ホームページ": "url",
}
LIMITS = {"ふりがな": 200, "代表者": 80, "電話": 30, "住所": 200, "町名": 60, "ひとこと紹介": 200}


@dataclass(frozen=True, kw_only=True)
class ReadActor:
    """A row understood: what it says of the actor, what vouches for it, and whether it has been dissolved."""

    cells: Cells
    row: ActorRow
    credentials: Sequence[CredentialRow] = ()
    dissolved: str = ""


@dataclass(frozen=True)
class Refusal:
    """A row that cannot be used, and why."""

    cells: Cells
    name: str
    reason: str
    skipped: bool = False


def import_actors(
    *,
    municipality: Municipality,
    rows: Iterable[ReadActor | Refusal],
    report: Report,
    now: dt.datetime,
    state: str,
) -> None:
    """Take rows in, each whole or not at all, new ones in the given state."""
    lines: dict[str, int] = {}
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        for outcome in sorted(_take(municipality, batch, lines, now, state), key=lambda done: done.line):
            report.add(outcome)


def _take(
    municipality: Municipality,
    batch: list[ReadActor | Refusal],
    lines: dict[str, int],
    now: dt.datetime,
    state: str,
) -> Iterator[RowOutcome]:
    ready: dict[str, ReadActor] = {}
    dissolved: list[ReadActor] = []
    for read in batch:
        if isinstance(read, Refusal):
            yield _refused(
                read.cells, "", read.name, read.reason, result="skipped" if read.skipped else "refused"
            )
        elif first := lines.get(read.row.external_ref):
            reason = f"同じ団体が{first}行目にもあります。別の団体なら、管理番号を分けてください。"
            yield _refused(read.cells, read.row.external_ref, read.row.name, reason)
        else:
            lines[read.row.external_ref] = read.cells.line
            if read.dissolved:
                dissolved.append(read)
            else:
                ready[read.row.external_ref] = read
    with transaction.atomic():
        closed = close_dissolved(
            municipality=municipality, refs=[read.row.external_ref for read in dissolved], by=None, now=now
        )
        gone = Actor.objects.filter(municipality=municipality, external_ref__in=closed)
        follow_actors(ids=gone.values_list("pk", flat=True))  # search finds their listings no more
    for read in dissolved:
        if read.row.external_ref in closed:
            yield _done(
                read, "updated", repairs=[f"解散した法人なので（{read.dissolved}）、活動終了にしました。"]
            )
        else:
            yield _refused(
                read.cells,
                read.row.external_ref,
                read.row.name,
                f"解散した法人です（{read.dissolved}）。取り込みません。",
            )
    with transaction.atomic():
        done = _take_ready(municipality, ready, now, state)
    for ref, read in ready.items():
        if problem := done.refused.get(ref):
            yield _refused(read.cells, ref, read.row.name, problem)
        else:
            yield _done(read, done.results[ref])


def _take_ready(
    municipality: Municipality, ready: dict[str, ReadActor], now: dt.datetime, state: str
) -> Imported:
    """Actors with what vouches for them; the listings of those known follow."""
    done = take_actors(
        municipality=municipality, rows=[read.row for read in ready.values()], by=None, now=now, state=state
    )
    vouched = {
        done.ids[ref]: read.credentials for ref, read in ready.items() if ref in done.ids and read.credentials
    }
    changed = set(done.changed)
    if import_credentials(municipality=municipality, rows=vouched, by=None, now=now):
        changed |= vouched.keys()
    follow_actors(ids=sorted(changed))
    return done


def _done(read: ReadActor, result: str, *, repairs: Sequence[str] = ()) -> RowOutcome:
    return RowOutcome(
        line=read.cells.line,
        key=read.row.external_ref,
        name=read.row.name,
        result=result,  # type: ignore[arg-type]
        repairs=(*read.cells.repairs, *repairs),
    )


def _refused(cells: Cells, key: str, name: str, reason: str, *, result: Result = "refused") -> RowOutcome:
    return RowOutcome(line=cells.line, key=key, name=name, result=result, reason=reason)


class ActorTable:
    """Reads rows of our own format into actors of a town."""

    def __init__(self, municipality: Municipality, *, everywhere: bool = False) -> None:
        self.places, self.everywhere = Places(municipality), everywhere

    def read(
        self, headers: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], *, file: str
    ) -> Iterator[ReadActor | Refusal]:
        """Every row as an actor, or why it is none."""
        chosen = choose(COLUMNS, headers, file=file)
        return reading_each((chosen.cells(line, row) for line, row in rows), self._actor, name="名前")

    def _actor(self, cells: Cells) -> ReadActor:
        cells.demand_row()
        cells.skip_example("管理番号")
        name = " ".join(cells.demanded("名前", limit=120).split())
        kind = choice_of(ActorKind, cells.demanded("種類"), "種類")
        number = corporate_number(cells, "法人番号")
        ref = cells.text("管理番号", limit=REF_LENGTH) or number or named_ref(kind, name)
        texts = {column: cells.text(column, limit=limit) for column, limit in LIMITS.items()}
        area = [self.places.named(cells, text) for text in cells.items("区")]
        if not area and texts["住所"]:
            area = [found for found in [self.places.of_address(texts["住所"])[0]] if found is not None]
        if area and not self.places.is_inside(area[0]):
            if not self.everywhere:
                raise RefusedRow(outside(area[0].name, self.places.municipality))
            area = []
        self.places.check_town(cells, [found.pk for found in area], texts["町名"])
        return ReadActor(
            cells=cells,
            row=ActorRow(
                external_ref=ref,
                kind=kind,
                name=name,
                kana=texts["ふりがな"],
                summary=texts["ひとこと紹介"],
                description=cells.text("活動の内容", limit=4000, multiline=True),
                area=area[0] if area else None,
                town=texts["町名"],
                fields=fields_of(cells, "分野"),
                founded_on=past_day(cells, "設立", cells.day("設立")),
                corporate_number=number,
                representative=texts["代表者"],
                email=_email(cells),
                phone=texts["電話"],
                address=texts["住所"],
                url=web_address(cells, "ホームページ"),
                item_visibility=_visibility(cells),
            ),
        )


def reading_each(
    rows: Iterable[Cells], read: Callable[[Cells], ReadActor], *, name: str
) -> Iterator[ReadActor | Refusal]:
    """Each row as understood, or why it is not."""
    for cells in rows:
        try:
            yield read(cells)
        except RefusedRow as error:
            title = (cells.values.get(name) or "")[:120]
            yield Refusal(cells, title, str(error), skipped=isinstance(error, SkippedRow))


def past_day(cells: Cells, column: str, day: dt.date | None) -> dt.date | None:
    """A day on which something was founded; refused where it is still to come."""
    if day is not None and day > timezone.localdate():
        raise RefusedRow(
            f"「{column}」の「{cells.text(column)}」は、これから先の日です。日付を確かめてください。"
        )
    return day


def outside(area: str, municipality: Municipality) -> str:
    """Why a row of another town is not taken."""
    return f"住所が「{area}」で、{municipality.name}の外です。市外の団体も取り込むときは --all を付けてください。"


def named_ref(kind: str, name: str) -> str:
    """The key of an actor without a number; short enough for the column."""
    key = f"name:{kind}:{name}"
    return key if len(key) <= REF_LENGTH else f"name:{sha256(key.encode()).hexdigest()[:40]}"


def corporate_number(cells: Cells, column: str) -> str:
    """法人番号: 13 digits, the first of which checks the rest (法人番号の指定等に関する省令)."""
    text = without_separators(cells.text(column)).removesuffix(".0")
    if not text:
        return ""
    if not (text.isascii() and text.isdigit()):
        raise RefusedRow(
            f"「{column}」の「{text}」は13けたの数字ではありません。表計算ソフトの「1.02E+12」のような形は、文字の列にして直してください。"
        )
    if len(text) != DIGITS:
        raise RefusedRow(f"「{column}」の「{text}」は{len(text)}けたです。13けたの数字を入れてください。")
    if not is_corporate_number(text):
        raise RefusedRow(
            f"「{column}」の「{text}」は検査数字（最初の1けた）が合いません。番号を確かめてください。"
        )
    return text


def web_address(cells: Cells, column: str) -> str:
    """An address of the web; what is none is left out, and that is said."""
    text = cells.text(column)
    if text.startswith("www."):
        text = f"https://{text}"
    if text and (not text.startswith(("http://", "https://")) or len(text) > 200 or " " in text):
        cells.repaired(f"「{column}」の「{text[:60]}」はホームページの住所ではないので、外しました。")
        return ""
    return text


def _email(cells: Cells) -> str:
    text = cells.text("メール").replace("＠", "@")
    local, _, domain = text.partition("@")
    if text and not (local and "." in domain and text.isascii() and " " not in text and len(text) <= 254):
        cells.repaired(f"「メール」の「{text[:60]}」はメールアドレスではないので、外しました。")
        return ""
    return text


def _visibility(cells: Cells) -> dict[str, str]:
    shown = {}
    for word in cells.items("公開する項目"):
        if word not in ITEMS:
            cells.repaired(f"「公開する項目」の「{word}」は分からないので、公開しません。")
        else:
            shown[ProfileItem(ITEMS[word]).value] = Visibility.PUBLIC.value
    return shown
