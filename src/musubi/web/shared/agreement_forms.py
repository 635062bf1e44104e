"""The forms of working together, explained in plain words: what it is, when it fits, money, responsibility."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from musubi.base.common.joining import labelled
from musubi.flow.cases.enums import AgreementForm


@dataclass(frozen=True)
class Explanation:
    """One form of working together, for somebody who has never chosen one."""

    form: AgreementForm
    what: Any
    when: Any
    money: Any
    duty: Any

    @property
    def name(self) -> str:
        return str(self.form.label)

    @property
    def choice(self) -> str:
        """The label of a radio button."""
        return labelled(self.name, self.what)


EXPLANATIONS = (
    Explanation(
        AgreementForm.CO_HOSTING,
        _("いっしょに主催者になります。"),
        _("お祭りや講座を、はじめから終わりまでいっしょに行うとき。"),
        _("出し合います。だれがいくら出すかを決めます。"),
        _("主催者どうしで分け合います。"),
    ),
    Explanation(
        AgreementForm.ENDORSEMENT,
        _("名前を貸して応援します。"),
        _("市や大きな団体の名前で、安心して来てもらいたいとき。"),
        _("ふつう、お金は出ません。"),
        _("行う団体が持ちます。"),
    ),
    Explanation(
        AgreementForm.SUBSIDY,
        _("団体の活動に、お金の一部を出します。"),
        _("団体が自分の活動として行い、費用だけが足りないとき。"),
        _("出す側が一部を出します。使いみちを報告します。"),
        _("活動する団体が持ちます。"),
    ),
    Explanation(
        AgreementForm.COMMISSION,
        _("頼む側の仕事を、契約を結んで任せます。"),
        _("市などがするはずの仕事を、得意な団体に頼むとき。"),
        _("頼む側が、かかる費用をはらいます。"),
        _("頼んだ側が最後まで持ちます。任された側は、決めたとおりに行います。"),
    ),
    Explanation(
        AgreementForm.COOPERATION,
        _("得意なことや物を出し合って、いっしょに進めます。"),
        _("場所・物・人手を貸し借りするとき。迷ったら、まずこの形です。"),
        _("お金のやりとりは、主な目的ではありません。"),
        _("決めた分担を、それぞれが持ちます。"),
    ),
    Explanation(
        AgreementForm.ACCORD,
        _("これからの協力を、文書で約束します。"),
        _("災害のときの助け合いなど、長く続く約束をするとき。"),
        _("約束の中で決めます。"),
        _("約束したことを、それぞれが守ります。"),
    ),
)


def explanation_of(form: str) -> Explanation | None:
    """What a chosen form means; None while none is chosen."""
    return next((row for row in EXPLANATIONS if row.form == form), None)
