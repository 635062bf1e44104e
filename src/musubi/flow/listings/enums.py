from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Side(models.TextChoices):
    NEED = "need", _("ニーズ（求めています）")
    OFFER = "offer", _("提供（できます）")


class Resource(models.TextChoices):
    PEOPLE = "people", _("人手")
    EXPERTISE = "expertise", _("専門知識")
    PLACE = "place", _("場所")
    GOODS = "goods", _("物品")
    MONEY = "money", _("資金")
    PUBLICITY = "publicity", _("広報")
    ENDORSEMENT = "endorsement", _("後援・信用")
    PARTNER = "partner", _("連携先")


NOT_USED_UP = frozenset({Resource.PLACE, Resource.PUBLICITY, Resource.ENDORSEMENT, Resource.PARTNER})
"""Giving these to one leaves as much for the next: a room's other days stay free."""


MET_IN_PERSON = frozenset({Resource.PEOPLE, Resource.EXPERTISE, Resource.PLACE, Resource.PARTNER})
"""Who gives one of these is there while it is used, so both must have time at once; the others are handed over."""


class Unit(models.TextChoices):
    PEOPLE = "people", pgettext_lazy("a unit", "人")
    CAPACITY = "capacity", _("席（人が入れる）")
    YEN = "yen", _("円")
    ITEMS = "items", _("個")
    TIMES = "times", _("回")
    HOURS = "hours", _("時間")


USUAL_LENGTH = 60
"""How many minutes on end matching asks for where a need says nothing."""
SHORTEST, LONGEST = 15, 24 * 60
"""Between how many minutes on end a need may ask for, within a window of time."""


class Condition(models.TextChoices):
    FEE_REQUIRED = "fee_required", _("有料")
    NON_PROFIT_ONLY = "non_profit_only", _("営利を目的としない団体に限る")
    ONLINE_OK = "online_ok", _("オンライン可")
    WHEELCHAIR_OK = "wheelchair_ok", _("車いす可")
    NO_POLITICAL_RELIGIOUS = "no_political_religious", _("政治・宗教の利用は不可")
    REGISTERED_GROUPS_ONLY = "registered_groups_only", _("登録団体に限る")
    NO_FOOD = "no_food", _("飲食不可")
    ADULTS_ONLY = "adults_only", _("大人に限る")


class Template(models.TextChoices):
    """What a listing starts from; `free` is a blank sheet, `menu` an item of the 協働メニュー."""

    PLACE = "place", _("会場・場所")
    PEOPLE = "people", _("人手")
    PARTNER = "partner", _("一緒にやる相手")
    EXPERTISE = "expertise", _("教える人・専門家")
    GOODS = "goods", _("物品")
    MONEY = "money", _("資金")
    PUBLICITY = "publicity", _("広報・お知らせ")
    ENDORSEMENT = "endorsement", _("後援・信用")
    FREE = "free", _("自由に書く")
    MENU = "menu", _("協働メニュー")


class ListingState(models.TextChoices):
    DRAFT = "draft", _("下書き")
    PUBLISHED = "published", _("公開中")
    RESERVED = "reserved", _("調整中")
    FULFILLED = "fulfilled", _("成立・解決")
    WITHDRAWN = "withdrawn", _("取り下げ")
    EXPIRED = "expired", _("期限切れ")


LISTING_SHOWN = frozenset({ListingState.PUBLISHED, ListingState.RESERVED, ListingState.FULFILLED})
"""States in which others may read a listing."""

MATCHABLE = frozenset({ListingState.PUBLISHED})
"""States in which a listing is proposed."""


class WithdrawReason(models.TextChoices):
    """Every closing carries a reason code."""

    NO_LONGER_NEEDED = "no_longer_needed", _("必要がなくなった")
    FOUND_ELSEWHERE = "found_elsewhere", _("ほかで見つかった")
    PLAN_CHANGED = "plan_changed", _("計画が変わった")
    NO_REPLY = "no_reply", _("反応がなかった")
    MISTAKE = "mistake", _("まちがえて載せた")
    OTHER = "other", _("その他")
