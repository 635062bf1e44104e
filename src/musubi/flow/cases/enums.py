from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseState(models.TextChoices):
    OPEN = "open", _("相手さがし")
    TALKING = "talking", _("話し合い中")
    AGREED = "agreed", _("合意しました")
    STARTED = "started", _("プロジェクトになりました")
    CLOSED = "closed", _("終了")


CASE_OPEN = frozenset({CaseState.OPEN, CaseState.TALKING, CaseState.AGREED})
"""States in which a coordinator still works on a case."""


class CaseCloseReason(models.TextChoices):
    """Why a match failed: every closing carries a reason code."""

    NO_PARTNER = "no_partner", _("相手が見つからなかった")
    DECLINED = "declined", _("相手に断られた")
    NO_REPLY = "no_reply", _("返事がなかった")
    CONDITIONS = "conditions", _("条件が折り合わなかった")
    NOT_NEEDED = "not_needed", _("必要がなくなった")
    ELSEWHERE = "elsewhere", _("ほかで解決した")
    OTHER = "other", _("その他")


class MeetingState(models.TextChoices):
    FINDING = "finding", _("日程調整中")
    FIXED = "fixed", _("日時が決まりました")
    HELD = "held", _("開催しました")
    CANCELLED = "cancelled", _("取りやめ")


class Mark(models.TextChoices):
    YES = "yes", _("○ 行ける")
    MAYBE = "maybe", _("△ たぶん行ける")
    NO = "no", _("× 行けない")


class AgreementState(models.TextChoices):
    DRAFT = "draft", _("作成中")
    CONFIRMING = "confirming", _("確認中")
    AGREED = "agreed", _("合意しました")


class AgreementForm(models.TextChoices):
    """Forms of working together between citizens and a public body, and among themselves."""

    CO_HOSTING = "co_hosting", _("共催")
    ENDORSEMENT = "endorsement", _("後援")
    SUBSIDY = "subsidy", _("補助")
    COMMISSION = "commission", _("委託")
    COOPERATION = "cooperation", _("事業協力")
    ACCORD = "accord", _("協定")
