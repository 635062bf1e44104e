"""Listings for the matching tests: a need and an offer that fit, to be bent by each test."""

from dataclasses import replace
from datetime import date, time

from musubi_engine import AreaPath, Line, Listing, Window

NAKAHARA = AreaPath(codes=("140007", "141305", "141330"), names=("神奈川県", "川崎市", "中原区"))
KAWASAKI = AreaPath(codes=("140007", "141305"), names=("神奈川県", "川崎市"))
SAIWAI = AreaPath(codes=("140007", "141305", "141321"), names=("神奈川県", "川崎市", "幸区"))
CHIGASAKI = AreaPath(codes=("140007", "142077"), names=("神奈川県", "茅ヶ崎市"))

SATURDAY = Window(
    start=date(2027, 3, 6),
    end=date(2028, 3, 31),
    weekdays=frozenset({5}),
    opens=time(9),
    closes=time(12),
)

NEED = Listing(
    ref="n1",
    side="need",
    title="月2回の地域食堂に使える台所つきの会場",
    body="土曜の午前に30人分を作って一緒に食べています。火が使える場所を探しています。",
    actor="a-need",
    actor_name="なかよし食卓の会",
    actor_kind="civic_group",
    lines=(
        Line(resource="place", what="火が使える会場", amount=30, unit="capacity"),
        Line(resource="goods", what="野菜や米"),
    ),
    fields=frozenset({1, 13}),
    areas=(NAKAHARA,),
    town="木月",
    windows=(SATURDAY,),
)

OFFER = Listing(
    ref="o1",
    side="offer",
    title="調理室のある会館をお貸しします",
    body="土曜は一日空いています。コンロ3口、机と椅子は40席。食事の会に使ってください。",
    actor="a-offer",
    actor_name="けやき町会",
    actor_kind="neighborhood_association",
    lines=(Line(resource="place", what="調理室と広間", amount=40, unit="capacity"),),
    fields=frozenset({3, 13}),
    areas=(NAKAHARA,),
    town="木月",
    windows=(SATURDAY,),
)


def need(**changes: object) -> Listing:
    """The need with changes."""
    return replace(NEED, **changes)  # type: ignore[arg-type]


def offer(**changes: object) -> Listing:
    """The offer with changes."""
    return replace(OFFER, **changes)  # type: ignore[arg-type]
