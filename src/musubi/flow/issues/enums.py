from django.db import models
from django.utils.translation import gettext_lazy as _


class IssueState(models.TextChoices):
    OPEN = "open", _("声が上がっています")
    TAKEN_UP = "taken_up", _("取り組みが始まっています")
    RESOLVED = "resolved", _("解決しました")
    WITHDRAWN = "withdrawn", _("取り下げ")


ISSUE_SHOWN = frozenset({IssueState.OPEN, IssueState.TAKEN_UP, IssueState.RESOLVED})
