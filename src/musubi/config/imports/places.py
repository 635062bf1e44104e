"""Areas that a file names by code or by name, and the area an address lies in."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from musubi.base.places.models import Area, Municipality
from musubi.base.places.queries import cities_and_wards, towns_of

from .cells import Cells, repaired_code
from .errors import RefusedRow

WHOLE = frozenset(
    {"市全体", "市内全域", "全市", "全域", "市内", "町全体", "村全体", "区全体", "市内どこでも", "全区"}
)
DISTRICT = re.compile(r"^[^市区町村]{1,5}郡")
NUMERALS = str.maketrans("一二三四五六七八九", "123456789")


class Places:
    """Every city and ward known, looked up without a query for each row."""

    def __init__(self, municipality: Municipality) -> None:
        self.municipality = municipality
        self.by_code: dict[str, Area] = {}
        self.by_name: dict[str, list[Area]] = defaultdict(list)
        self.prefectures: set[str] = set()
        for area in cities_and_wards():
            self._learn(area)
        self._learn(municipality.area)
        self.longest = max((len(name) for name in self.by_name), default=0)
        self._towns: dict[int, dict[str, str]] | None = None

    def _learn(self, area: Area) -> None:
        if area.code in self.by_code:
            return
        above: list[str] = []
        here = area.parent
        while here is not None:
            above.insert(0, here.name)
            here = here.parent
        if area.code:
            self.by_code[area.code] = area
        if above:
            self.prefectures.add(above[0])
        for start in range(len(above) + 1):
            self.by_name[_plain("".join([*above[start:], area.name]))].append(area)

    def named(self, cells: Cells, text: str) -> Area:
        """The area of a code (repaired if need be) or of a name, one inside the installation's town first."""
        if any(letter.isdigit() for letter in unicodedata.normalize("NFKC", text)):
            code = repaired_code(cells, text, self.by_code)
            if code not in self.by_code:
                raise RefusedRow(
                    f"地域コード「{code}」が登録されていません。先に musubi import areas で市区町村の一覧を取り込んでください。"
                )
            return self.by_code[code]
        if _plain(text) in WHOLE:
            return self.municipality.area
        found = self.by_name.get(_plain(text), [])
        inside = [area for area in found if self.is_inside(area)]
        if len(inside or found) != 1:
            why = (
                "いくつもあります。市の名前から入れてください"
                if found
                else "ありません。区や市の名前を確かめてください"
            )
            raise RefusedRow(f"「{text}」という地域は{why}。")
        return (inside or found)[0]

    def is_inside(self, area: Area) -> bool:
        """Whether an area is the installation's town or lies in it."""
        return area.path.startswith(self.municipality.area.path)

    def of_address(self, address: str, *, prefecture: str = "") -> tuple[Area | None, str]:
        """The area whose name is the longest beginning of an address, and the rest of the address.

        `prefecture` decides where the address does not name one and its city's name is not the only one.
        """
        text = _plain(address)
        text = re.sub(r"^(日本)?〒?\d{3}-?\d{4}", "", text)
        named = next((name for name in self.prefectures if text.startswith(name)), "")
        rest = text.removeprefix(named)
        shorter = DISTRICT.sub("", rest)
        for candidate in dict.fromkeys([rest, shorter]):
            found = self._longest(named or prefecture, candidate) or self._longest(named, candidate)
            if found is not None:
                area, length = found
                return area, candidate[length:]
        return None, text

    def _longest(self, prefecture: str, text: str) -> tuple[Area, int] | None:
        for length in range(min(self.longest, len(text)), 0, -1):
            found = self.by_name.get(prefecture + text[:length], ())
            if len(found) == 1:
                return found[0], length
        return None

    def town_of(self, area: Area, rest: str) -> str:
        """The known town of an area that the rest of an address begins with, 「３丁目」 as 「三丁目」; "" if none."""
        towns = self._known_towns().get(area.pk, {})
        text = _with_digits(rest)
        for length in range(len(text), 1, -1):
            if text[:length] in towns:
                return towns[text[:length]]
        return ""

    def check_town(self, cells: Cells, areas: Iterable[int], town: str) -> None:
        """Say so where a row names a town that is not among those known of its areas."""
        known = self._known_towns()
        ids = set(areas)
        if not town or not known or not ids:
            return
        if self.municipality.area_id in ids:
            ids = set(known)
        if not ids <= set(known):
            return  # of one of these areas no towns are known: it may be there
        text = _with_digits(town)
        names = (name for area in ids for name in known[area])
        if not any(name.startswith(text) or text.startswith(name) for name in names):
            cells.cautioned(
                f"町名「{town}」は、この地域の町の一覧にありません。そのまま取り込みます。町名を確かめてください。"
            )

    def _known_towns(self) -> dict[int, dict[str, str]]:
        if self._towns is None:
            self._towns = {}
            for town in towns_of(self.municipality).exclude(parent=None):
                self._towns.setdefault(town.parent_id or 0, {})[_with_digits(town.name)] = town.name
        return self._towns


def area_ids(places: Places, cells: Cells, texts: Iterable[str]) -> tuple[int, ...]:
    """The ids of the areas a row names."""
    return tuple(sorted({places.named(cells, text).pk for text in texts}))


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _with_digits(text: str) -> str:
    """「小杉町三丁目」 and 「小杉町３丁目」 alike."""
    return re.sub(r"[一二三四五六七八九](?=丁目)", lambda found: found[0].translate(NUMERALS), _plain(text))
