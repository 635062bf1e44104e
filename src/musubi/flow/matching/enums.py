from django.db import models
from django.utils.translation import gettext_lazy as _


class Fit(models.TextChoices):
    """A score in words; a score is the share of the best grade that a coordinator would give."""

    STRONG = "strong", _("とても合いそう")
    GOOD = "good", _("合いそう")
    PARTIAL = "partial", _("一部が合いそう")
    FAINT = "faint", _("手がかりはわずか")


FIT_FROM = ((0.6, Fit.STRONG), (0.42, Fit.GOOD), (0.25, Fit.PARTIAL))
"""From which score each begins; below the last it is faint."""
NOT_FAINT = FIT_FROM[-1][0]


def fit_of(score: float) -> Fit:
    return next((fit for least, fit in FIT_FROM if score >= least), Fit.FAINT)


class IntroductionState(models.TextChoices):
    PROPOSED = "proposed", _("返事待ち")
    CONNECTED = "connected", _("つながりました")
    DECLINED = "declined", _("見送り")
    LAPSED = "lapsed", _("返事がなく終了")
    WITHDRAWN = "withdrawn", _("取りやめ")
    PARTED = "parted", _("話し合いのあと見送り")


INTRODUCTION_OPEN = frozenset({IntroductionState.PROPOSED, IntroductionState.CONNECTED})
NOT_AGAIN = frozenset({IntroductionState.DECLINED, IntroductionState.PARTED})
"""A pair that said no is not proposed again."""


class Initiative(models.TextChoices):
    """Who began an introduction."""

    COORDINATOR = "coordinator", _("コーディネーターから")
    NEED = "need", _("求めている側から")
    OFFER = "offer", _("提供する側から")


class OutreachState(models.TextChoices):
    RUNNING = "running", _("順番に声をかけています")
    SATISFIED = "satisfied", _("関心のある方がそろいました")
    EXHAUSTED = "exhausted", _("最後の方まで声をかけました")
    STOPPED = "stopped", _("止めました")


AT_A_TIME = 5
"""So many are asked at once, unless the coordinator says otherwise: an offer is not asked in vain, a person not crowded."""


class Answer(models.TextChoices):
    YES = "yes", _("話してみたい")
    NO = "no", _("今回は見送る")


class DeclineReason(models.TextChoices):
    """Why somebody says no: read by the coordinator, counted, and told to the other side in these words."""

    SCHEDULE = "schedule", _("日にちや時間が合わない")
    AMOUNT = "amount", _("数や量が合わない")
    CONTENT = "content", _("思っていた内容とちがう")
    DISTANCE = "distance", _("場所が遠い")
    BUSY = "busy", _("いまは手いっぱい")
    CONDITIONS = "conditions", _("条件が合わない")
    FOUND = "found", _("ほかで決まった")
    OTHER = "other", _("その他")
