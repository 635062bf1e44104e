from django.db import models
from django.utils.translation import gettext_lazy as _


class ActorKind(models.TextChoices):
    INDIVIDUAL = "individual", _("個人")
    CIVIC_GROUP = "civic_group", _("市民活動団体")
    NPO = "npo", _("NPO法人")
    NEIGHBORHOOD_ASSOCIATION = "neighborhood_association", _("町内会・自治会")
    SOCIAL_BUSINESS = "social_business", _("ソーシャルビジネス")
    COMPANY = "company", _("企業")
    SCHOOL = "school", _("大学・学校")
    DEPARTMENT = "department", _("行政担当課")
    INTERMEDIARY = "intermediary", _("中間支援組織")


MENU_KINDS = frozenset({ActorKind.DEPARTMENT, ActorKind.INTERMEDIARY})
"""Whose offers may be items of the 協働メニュー."""

OFFICIAL_KINDS = frozenset({ActorKind.DEPARTMENT, ActorKind.INTERMEDIARY})
"""Kinds that nobody may claim for themselves: the office makes them."""


class ActorState(models.TextChoices):
    DRAFT = "draft", _("下書き")
    PENDING = "pending", _("市の確認待ち")
    VERIFIED = "verified", _("市が確認済み")
    RETURNED = "returned", _("確認のお願い中")
    CLOSED = "closed", _("活動終了")


ACTOR_SHOWN = frozenset({ActorState.PENDING, ActorState.VERIFIED, ActorState.RETURNED})
"""States in which an actor appears to others; whether the city has verified it is always said."""


class CloseReason(models.TextChoices):
    """Every closing carries a reason code."""

    DISSOLVED = "dissolved", _("解散した")
    PAUSED = "paused", _("しばらく活動を休む")
    MERGED = "merged", _("ほかの団体と一緒になった")
    DUPLICATE = "duplicate", _("二重に登録していた")
    OTHER = "other", _("その他")


class ProfileItem(models.TextChoices):
    """What of a profile has its own visibility."""

    REPRESENTATIVE = "representative", _("代表者の名前")
    EMAIL = "email", _("メールアドレス")
    PHONE = "phone", _("電話番号")
    ADDRESS = "address", _("住所")
    URL = "url", _("ホームページ")


class MembershipRole(models.TextChoices):
    OWNER = "owner", _("管理者（すべての操作）")
    EDITOR = "editor", _("編集（投稿・プロフィール）")
    VIEWER = "viewer", _("閲覧のみ")


class MandateRole(models.TextChoices):
    COORDINATOR = "coordinator", _("コーディネーター")
    OFFICE = "office", _("市の運営担当")


class CredentialKind(models.TextChoices):
    CERTIFICATION = "certification", _("認証")
    ENDORSEMENT = "endorsement", _("後援")
    REGISTRATION = "registration", _("登録")
    AGREEMENT = "agreement", _("協定")


class DisclosureLevel(models.IntegerChoices):
    """How much an actor lets everybody see of itself; computed, never set."""

    NAME_ONLY = 1, _("名前と活動内容")
    REACHABLE = 2, _("連絡先あり")
    ACCOUNTABLE = 3, _("代表者と連絡先あり")
    OPEN = 4, _("代表者・住所・連絡先をすべて公開")
