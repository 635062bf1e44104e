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


def fit_of(score: float) -> Fit:
    return next((fit for least, fit in FIT_FROM if score >= least), Fit.FAINT)
