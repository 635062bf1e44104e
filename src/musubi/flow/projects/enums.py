from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProjectState(models.TextChoices):
    PREPARING = "preparing", _("準備中")
    ACTIVE = "active", _("進行中")
    ACHIEVED = "achieved", _("目的を達成しました")
    STOPPED = "stopped", _("中止しました")


PROJECT_OPEN = frozenset({ProjectState.PREPARING, ProjectState.ACTIVE})
PROJECT_ENDED = frozenset({ProjectState.ACHIEVED, ProjectState.STOPPED})


class StopReason(models.TextChoices):
    PARTNER_LEFT = "partner_left", _("相手が抜けた")
    PEOPLE = "people", _("人手が足りなくなった")
    MONEY = "money", _("お金が足りなくなった")
    NOT_NEEDED = "not_needed", _("必要がなくなった")
    SAFETY = "safety", _("災害や安全のため")
    OTHER = "other", _("その他")


class PartnerRole(models.TextChoices):
    LEAD = "lead", _("中心になる")
    PARTNER = "partner", _("いっしょに行う")
    SUPPORTER = "supporter", _("支える")


class TaskState(models.TextChoices):
    OPEN = "open", pgettext_lazy("the state of a task", "これから")
    DONE = "done", _("すみました")
    DROPPED = "dropped", _("やめました")


class AllotmentState(models.TextChoices):
    """What became of what an offer gave to a project."""

    IN_USE = "in_use", _("使っています")
    RETURNED = "returned", _("返しました")
    USED_UP = "used_up", _("使い切りました")
