"""内閣府 NPO法人ポータルの一括データ（60列、CP932） → NPO法人 with their certification and recognition."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from musubi.base.common.enums import Visibility
from musubi.base.places.models import Area, Municipality
from musubi.flow.actors.enums import ActorKind, CredentialKind, ProfileItem
from musubi.flow.actors.services import ActorRow
from musubi.flow.actors.services.register import CredentialRow

from .actors import (
    ReadActor,
    Refusal,
    corporate_number,
    named_ref,
    outside,
    past_day,
    reading_each,
    web_address,
)
from .cells import Cells, read_day
from .columns import Column, choose, normal
from .errors import RefusedRow
from .places import Places

NAME, KANA, OFFICE, ADDRESS = "法人名称", "法人名称カナ", "所轄庁", "主たる事務所の所在地"
CERTIFIED, FOUNDED, PURPOSE = "法人設立認証年月日", "設立年月日", "定款に記載された目的"
DISSOLVED, NUMBER, URL, REPRESENTATIVE = "解散情報", "法人番号", "法人情報URL", "代表者氏名"
FIELDS = tuple(f"活動分野{number}" for number in range(1, 21))
RECOGNISED = ("認定（認定開始日）", "認定（認定満了日）", "認定（認定取消日）")
SPECIALLY = ("認定（特例認定年月日）", "認定（特例認定満了日）", "認定（特例認定取消日）")
COLUMNS = (
    *(Column(name=name, needed=True) for name in (NAME, OFFICE, ADDRESS)),
    *(
        Column(name=name)
        for name in (KANA, CERTIFIED, FOUNDED, PURPOSE, DISSOLVED, NUMBER, URL, REPRESENTATIVE)
    ),
    *(Column(name=name) for name in (*FIELDS, *RECOGNISED, *SPECIALLY)),
)
NOT_MARKED = frozenset({"", "0", "×", "✕", "無", "FALSE", "False", "false"})
CORPORATE_KANA = re.compile(
    r"^(とくていひえいりかつどう(ほうじん)?|にんてい(とくていひえいりかつどうほうじん)?)\s*"
)
NO_DISSOLUTION = frozenset({"無", "なし", "0", "解散していない"})
ISSUER_LENGTH = 120


def is_portal(headers: Sequence[str]) -> bool:
    """Whether a file's first row is the portal's: the four that tell, or most of what we read of it."""
    names = {normal(header) for header in headers}
    if all(normal(name) in names for name in (NAME, OFFICE, ADDRESS, FIELDS[0])):
        return True
    return sum(normal(column.name) in names for column in COLUMNS) * 2 > len(COLUMNS)


class NpoPortal:
    """Reads the portal's rows into actors of a town."""

    def __init__(self, municipality: Municipality, *, everywhere: bool = False) -> None:
        self.places, self.everywhere = Places(municipality), everywhere

    def read(
        self, headers: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], *, file: str
    ) -> Iterator[ReadActor | Refusal]:
        """Every row as an actor, or why it is none."""
        chosen = choose(COLUMNS, headers, file=file, form="内閣府 NPO法人ポータルのデータ")
        return reading_each((chosen.cells(line, row) for line, row in rows), self._actor, name=NAME)

    def _actor(self, cells: Cells) -> ReadActor:
        cells.demand_row()
        name = " ".join(cells.demanded(NAME, limit=120).split())
        address = " ".join(cells.demanded(ADDRESS, limit=200).split())
        area, town = self._place(cells, address)
        number = corporate_number(cells, NUMBER)
        office = cells.text(OFFICE)[:ISSUER_LENGTH]
        row = ActorRow(
            external_ref=number or named_ref(ActorKind.NPO, f"{name} {office}"),
            kind=ActorKind.NPO,
            name=name,
            kana=hiragana(cells.text(KANA))[:200],
            description=cells.text(PURPOSE, multiline=True)[:4000],
            area=area,
            town=town,
            fields=tuple(n for n, column in enumerate(FIELDS, 1) if cells.text(column) not in NOT_MARKED),
            founded_on=past_day(cells, FOUNDED, self._day(cells, FOUNDED)),
            corporate_number=number,
            representative=" ".join(cells.text(REPRESENTATIVE).split())[:80],
            address=address,
            url=web_address(cells, URL),
            item_visibility={ProfileItem.URL.value: Visibility.PUBLIC.value},
        )
        dissolved = cells.text(DISSOLVED)
        if dissolved in NO_DISSOLUTION:
            dissolved = ""
        return ReadActor(
            cells=cells, row=row, credentials=self._credentials(cells, office), dissolved=dissolved[:100]
        )

    def _place(self, cells: Cells, address: str) -> tuple[Area | None, str]:
        """Area and town of the main office; a row of another town is refused unless all are wanted."""
        office = cells.text(OFFICE)
        area, rest = self.places.of_address(
            address, prefecture=office if office in self.places.prefectures else ""
        )
        if area is None:
            if not self.everywhere:
                raise RefusedRow(
                    f"「{ADDRESS}」の「{address[:40]}」がどの市区町村か分かりません。住所を確かめてください。"
                )
            cells.repaired("住所から市区町村が分からないので、地域なしで取り込みました。")
            return None, ""
        if not self.places.is_inside(area):
            if not self.everywhere:
                raise RefusedRow(outside(area.name, self.places.municipality))
            return None, ""
        return area, self.places.town_of(area, rest)

    def _credentials(self, cells: Cells, office: str) -> tuple[CredentialRow, ...]:
        """認証 by the competent authority, and 認定 or 特例認定 that has not been withdrawn."""
        found = []
        if certified := self._day(cells, CERTIFIED):
            found.append(_credential("特定非営利活動法人の設立の認証", office, certified, None))
        for title, columns in (
            ("認定特定非営利活動法人", RECOGNISED),
            ("特例認定特定非営利活動法人", SPECIALLY),
        ):
            start, end, withdrawn = (self._day(cells, column) for column in columns)
            if start and not withdrawn:
                if end and end < start:
                    cells.repaired(f"「{columns[1]}」が始まりより前なので、{title}の記録は付けませんでした。")
                else:
                    found.append(_credential(title, office, start, end))
        return tuple(found) if office else ()

    @staticmethod
    def _day(cells: Cells, column: str) -> dt.date | None:
        """A day that can be left out: what cannot be read is, and that is said."""
        text = cells.text(column)
        day = read_day(text) if text else None
        if text and day is None:
            cells.repaired(f"「{column}」の「{text[:20]}」は日付として読めないので、外しました。")
        return day


def _credential(title: str, issuer: str, start: dt.date, end: dt.date | None) -> CredentialRow:
    return CredentialRow(
        kind=CredentialKind.CERTIFICATION, title=title, issuer_name=issuer, valid_from=start, valid_until=end
    )


def hiragana(kana: str) -> str:
    """A reading for sorting: hiragana, without the corporate form."""
    text = unicodedata.normalize("NFKC", kana)
    text = "".join(chr(ord(letter) - 0x60) if "ァ" <= letter <= "ヶ" else letter for letter in text)
    return CORPORATE_KANA.sub("", " ".join(text.split()))
