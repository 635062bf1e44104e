from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Settled(models.TextChoices):
    """What the office did about words that were searched in vain."""

    SYNONYM = "synonym", _("同じ意味のことばに足した")
    DISMISSED = "dismissed", _("見送った")


class RecipeOrigin(models.TextChoices):
    """Where the recipe that a town shows comes from."""

    SHIPPED = "shipped", _("はじめから入っているもの")
    CHANGED = "changed", _("この町で書き直したもの")
    OWN = "own", _("この町で足したもの")


class ConceptKind(models.TextChoices):
    """The first three say what a listing is about, the others what is handed over, lent or done."""

    THEME = "theme", _("テーマ")
    AUDIENCE = "audience", pgettext_lazy("for whom something is", "対象")
    OCCASION = "occasion", _("機会")
    PLACE = "place", _("場所・設備")
    GOODS = "goods", _("物")
    SKILL = "skill", _("技・資格")
    HANDS = "hands", _("手")
    SUPPORT = "support", _("支え")
