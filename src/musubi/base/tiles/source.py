"""Whose map it is, and where its pieces are to be had."""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, kw_only=True)
class TileSource:
    """`address` has {z}, {x} and {y}; `about` is a page on the maker's terms; pieces are kept for `days`."""

    address: str
    maker: "str | _StrPromise"
    about: str = ""
    lowest: int = 5
    highest: int = 18
    days: int = 30

    def address_of(self, z: int, x: int, y: int) -> str:
        return self.address.replace("{z}", str(z)).replace("{x}", str(x)).replace("{y}", str(y))

    @property
    def mark(self) -> str:
        """Another map has another mark: what is kept of the one is not shown as the other."""
        return hashlib.sha256(self.address.encode()).hexdigest()[:12]


# 淡色地図 of the published list of 地理院タイル: zooms 5 to 18, the source to be named with a link to that list.
GSI = TileSource(
    address="https://cyberjapandata.gsi.go.jp/xyz/pale/{z}/{x}/{y}.png",
    maker=_("国土地理院"),
    about="https://maps.gsi.go.jp/development/ichiran.html",
)
