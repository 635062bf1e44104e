"""An agreement as the values of its sheet: the same words as on the screen, in the same order."""

from typing import TYPE_CHECKING, Any

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from musubi.base.common.joining import bracketed, labelled, with_unit
from musubi.web.design.wording import era_day

from .presentation import Sheet, facts_of, sheet_of, signers_of, state_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from musubi.flow.cases.models import AgreementVersion

TO_FILL_IN = "\u3000"
"""What is written by hand after its label."""
Section = dict[str, Any]
"""A heading with `text`, `list`, `facts` or `table`, as `sheets/agreement.typ` sets them."""


def paper_of(
    version: "AgreementVersion", versions: "Sequence[AgreementVersion]", *, newest: "AgreementVersion"
) -> dict[str, Any]:
    """Everything that the sheet says; `versions` are those that the reader may read, the newest first."""
    sheet = sheet_of(version)
    return {
        "heading": _("合意書"),
        "case": str(version.agreement.case),
        "version": _("第%(number)d版（%(state)s）")
        % {"number": version.number, "state": state_words(version, newest)},
        "moment": _moment(version),
        "sections": [
            _section(_("いっしょに目指すこと"), text=version.aim or _("（まだ書いていません）")),
            _form(sheet),
            _parts(sheet),
            _uses(sheet),
            _section(
                _("決めたこと"),
                facts=[(label, words or "—") for label, words in facts_of(version)],
            ),
            _indicators(sheet),
            *_confirmations(sheet),
            *_history(versions, newest),
        ],
        "signing": {
            "heading": _("署名"),
            "sentence": _("上のとおり合意します。"),
            "names": [actor.name for actor in signers_of(version)],
            "lines": [
                (_("日付"), _("令和　　年　　月　　日")),
                (_("代表者のお名前"), TO_FILL_IN),
                (_("署名または印"), TO_FILL_IN),
            ],
        },
    }


def _section(heading: str, **content: Any) -> Section:
    return {"heading": heading, **content}


def _moment(version: "AgreementVersion") -> str:
    if version.agreed_at:
        return _("合意した日：%(when)s") % {"when": era_day(version.agreed_at)}
    if version.proposed_at:
        return _("確認をお願いした日：%(when)s") % {"when": era_day(version.proposed_at)}
    return _("まだ書いている途中のものです。")


def _form(sheet: Sheet) -> Section:
    form = sheet.explanation
    if form is None:
        return _section(_("協働の形"), text=_("（まだ選んでいません）"))
    money = _("お金：%(money)s　責任：%(duty)s") % {"money": form.money, "duty": form.duty}
    return _section(_("協働の形"), text=f"{form.name}\n{form.what}\n{money}")


def _parts(sheet: Sheet) -> Section:
    return _section(
        _("だれが何をするか"),
        table={
            "widths": [3, 4, 4, 4],
            "numbers": [],
            "header": [_("団体"), _("すること"), _("できること"), _("できないこと")],
            "rows": [
                [part.actor.name, *(words or "—" for words in (part.does, part.can, part.cannot))]
                for part in sheet.parts
            ],
        },
    )


def _uses(sheet: Sheet) -> Section:
    heading = _("使うもの")
    if not sheet.uses:
        return _section(heading, text=_("使うと決めたものはありません。"))
    return _section(heading, list=sheet.uses)


def _indicators(sheet: Sheet) -> Section:
    heading = _("うまくいったかを、何で見るか")
    if not sheet.indicators:
        return _section(heading, text=_("数えると決めたものはありません。"))
    return _section(
        heading,
        table={
            "widths": [6, 3, 3],
            "numbers": [1, 2],
            "header": [_("なにを数えるか"), _("始める前"), _("目標")],
            "rows": [
                [row.name, _figure(row.before, row.unit), _figure(row.target, row.unit)]
                for row in sheet.indicators
            ],
        },
    )


def _figure(value: "Decimal | None", unit: str) -> str:
    return _("まだ分かりません") if value is None else with_unit(floatformat(value, "-2g"), unit)


def _confirmations(sheet: Sheet) -> list[Section]:
    said = [
        labelled(row.actor, bracketed(era_day(row.said_at), row.get_source_display()))
        for row in sheet.confirmations
    ]
    return [_section(_("Musubi での確認"), list=said)] if said else []


def _history(versions: "Sequence[AgreementVersion]", newest: "AgreementVersion") -> list[Section]:
    """How the versions followed on each other, where there is more than one."""
    if len(versions) < 2:
        return []
    rows = [
        [
            _("第%(number)d版") % {"number": each.number},
            state_words(each, newest),
            era_day(each.agreed_at or each.proposed_at or each.written_at),
        ]
        for each in versions
    ]
    table = {
        "widths": [2, 3, 5],
        "numbers": [],
        "header": [_("版"), _("いまの状態"), pgettext("a date", "日")],
        "rows": rows,
    }
    return [_section(_("これまでの版"), table=table)]
