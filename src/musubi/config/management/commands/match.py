"""Who fits a need, and why; or why an offer is not among them."""

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from musubi.base.places.models import Municipality
from musubi.config.imports.errors import CannotImport
from musubi.flow.listings.enums import Side
from musubi.flow.listings.models import Listing
from musubi.flow.matching.queries import (
    Match,
    blockers_between,
    listing_by_reference,
    match_all,
    match_one,
    match_teams,
    reference_of,
)
from musubi.flow.matching.queries.team_suggestions import TEAMS

from ._sentences import SentenceCommand, municipality_of

MOST = 1000


class Command(SentenceCommand):
    """Stores nothing: what the engine says now."""

    help = (
        "ニーズに合う提供を、理由といっしょに良い順に出します。"
        "\nNEED と OFFER は、取り込んだときの番号か、Musubi の番号です。"
    )
    example = (
        "  musubi match dn001 --top 5\n"
        "  musubi match dn001 --json\n"
        "  musubi match dn001 --teams\n"
        "  musubi match --all --json > proposals.json\n"
        "  musubi match dn001 --why-not do0123"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("need", nargs="?", default="", help="ニーズの番号")
        parser.add_argument("--all", action="store_true", dest="everything", help="公開中のニーズすべて")
        parser.add_argument(
            "--top", type=int, default=10, metavar="数", help="ニーズ一つに何件まで（ふつうは %(default)s）"
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="JSON で出します。")
        parser.add_argument(
            "--teams", action="store_true", help="求めているものを合わせてそろえる編成案を出します。"
        )
        parser.add_argument("--why-not", default="", metavar="OFFER", help="この提供が出ない理由")
        parser.add_argument(
            "--municipality",
            default="",
            metavar="コード",
            help="自治体のコードか名前（一つだけなら要りません）",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["need"]) == options["everything"]:
            raise CannotImport(
                "ニーズの番号か --all の、どちらか一つを付けてください。例: musubi match dn001"
            )
        if not 1 <= options["top"] <= MOST:
            raise CannotImport(f"--top は1から{MOST}までの数にしてください。")
        municipality = municipality_of(options["municipality"])
        today = timezone.localdate()
        if options["everything"]:
            if options["teams"]:
                raise CannotImport("--teams は、ニーズ一つと一緒に使います。例: musubi match dn001 --teams")
            if options["why_not"]:
                raise CannotImport(
                    "--why-not は、ニーズ一つと一緒に使います。例: musubi match dn001 --why-not do0123"
                )
            self._show(match_all(municipality, today=today, top=options["top"]), as_json=options["as_json"])
            return
        need = listing_of(municipality, options["need"], Side.NEED)
        if options["teams"]:
            self._teams(need, top=options["top"], as_json=options["as_json"])
            return
        if options["why_not"]:
            offer = listing_of(municipality, options["why_not"], Side.OFFER)
            self._why_not(need, offer, top=options["top"], as_json=options["as_json"])
            return
        found = match_one(need, today=today, top=options["top"])
        self._show(found, as_json=options["as_json"])
        if not found and not options["as_json"]:
            self.stdout.write("いま合う提供はありません。--why-not を使うと、出ない理由を調べられます。")

    def _show(self, matches: Iterable[Match], *, as_json: bool) -> None:
        if as_json:
            self._stream(matches)
            return
        need = None
        for match in matches:
            if match.need.pk != need:
                need = match.need.pk
                self.stdout.write(f"■ {reference_of(match.need)} {match.need}（{match.need.actor}）")
            self.stdout.write(
                f"  {match.score:.3f} {reference_of(match.offer)} {match.offer}（{match.offer.actor}）"
            )
            for reason in match.suggestion.reasons:
                self.stdout.write(f"        ・{reason.sentence}")

    def _teams(self, need: Listing, *, top: int, as_json: bool) -> None:
        most = min(top, TEAMS)  # what follows is for readers who may not see all of these
        found = match_teams(need, today=timezone.localdate(), top=most)[:most]
        if as_json:
            rows = [team.as_json() for team in found]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"■ {reference_of(need)} {need}（{need.actor}）")
        for number, each in enumerate(found, start=1):
            self.stdout.write(f"  編成案{number}　{''.join(each.team.sentences)}")
            for member in each.team.members:
                offers = "、".join(reference_of(each.offers[ref]) for ref in member.offers)
                self.stdout.write(f"        ・{offers} {member.sentence}")
        if not found:
            self.stdout.write("  いま組める編成案はありません（求めているものが一つだけのときも出ません）。")

    def _stream(self, matches: Iterable[Match]) -> None:
        """One JSON list, written as it is found."""
        self.stdout.write("[", ending="")
        for number, match in enumerate(matches):
            text = json.dumps(match.as_json(), ensure_ascii=False)
            self.stdout.write(f"{',' if number else ''}\n{text}", ending="")
        self.stdout.write("\n]")

    def _why_not(self, need: Listing, offer: Listing, *, top: int, as_json: bool) -> None:
        today = timezone.localdate()
        blockers = blockers_between(need, offer, today=today)
        if as_json:
            rows = [{"rule": b.rule, "sentence": b.sentence, "change": b.change} for b in blockers]
            found = {"need": reference_of(need), "offer": reference_of(offer), "blockers": rows}
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"{need}（{need.actor}） ← {offer}（{offer.actor}）")
        for blocker in blockers:
            self.stdout.write(f"  ×{blocker.sentence}\n    → {blocker.change}")
        if not blockers:
            self.stdout.write(f"  {_place_of(need, offer, today, top)}")


def _place_of(need: Listing, offer: Listing, today: dt.date, top: int) -> str:
    """Where an offer stands that nothing speaks against."""
    found = [match.offer.pk for match in match_one(need, today=today, top=top)]
    if offer.pk in found:
        return f"候補に出ています（上から{found.index(offer.pk) + 1}番目）。"
    return (
        f"条件には合っています。上位{top}件に出ないのは、ほかにもっと合う提供があるためです。"
        "--top を大きくして見てください。"
    )


def listing_of(municipality: Municipality, reference: str, side: str) -> Listing:
    """The need or offer of a reference; a sentence if there is none or it is the other side's."""
    listing = listing_by_reference(municipality, reference)
    if listing is None:
        raise CannotImport(
            f"「{reference}」という番号のニーズ・提供は、{municipality.name}にありません。番号を確かめてください。"
        )
    if listing.side != side:
        wanted = "ニーズ" if side == Side.NEED else "提供"
        raise CannotImport(
            f"「{reference}」は{wanted}ではありません（{listing.get_side_display()}）。番号を確かめてください。"
        )
    return listing
