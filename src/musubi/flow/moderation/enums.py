from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportReason(models.TextChoices):
    FALSE = "false", _("事実とちがう")
    COMMERCIAL = "commercial", _("営業・勧誘・押し売り")
    PERSONAL_DATA = "personal_data", _("個人の情報が載っている")
    OFFENSIVE = "offensive", _("人を傷つける・差別的")
    DANGEROUS = "dangerous", _("危ない・法律に反するおそれ")
    DUPLICATE = "duplicate", _("同じものが何度も載っている")
    OTHER = "other", _("その他")


class ReportState(models.TextChoices):
    OPEN = "open", _("確認待ち")
    UPHELD = "upheld", _("対応しました")
    DISMISSED = "dismissed", _("問題なしと判断しました")


class HidingState(models.TextChoices):
    IN_FORCE = "in_force", _("非表示中")
    ANSWERED = "answered", _("投稿者から返事あり")
    UPHELD = "upheld", _("返事を読み、非表示を続ける")
    LIFTED = "lifted", _("非表示を取りやめた")
