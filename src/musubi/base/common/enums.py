"""Choices that more than one stage speaks of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """Who may read something, from the widest circle to the narrowest."""

    PUBLIC = "public", _("公開（だれでも）")
    REGISTERED = "registered", _("登録者（この町で登録した人）")
    INTERMEDIARIES = "intermediaries", _("中間支援（コーディネーターと市の担当）")
    CITY_HALL = "city_hall", _("庁内（市の担当）")


class Source(models.TextChoices):
    """How something came to Musubi; all but the web is typed in by somebody else."""

    WEB = "web", _("画面から")
    COUNTER = "counter", _("窓口")
    TELEPHONE = "telephone", _("電話")
    FAX = "fax", _("FAX")
    PAPER = "paper", _("紙")
    IMPORT = "import", _("ファイルから取り込み")


class Field(models.IntegerChoices):
    """The 20 fields of activity of the NPO law (特定非営利活動促進法 別表)."""

    WELFARE = 1, _("保健・医療・福祉")
    SOCIAL_EDUCATION = 2, _("社会教育")
    TOWN_MAKING = 3, _("まちづくり")
    TOURISM = 4, _("観光")
    COUNTRYSIDE = 5, _("農山漁村・中山間地域")
    CULTURE = 6, _("学術・文化・芸術・スポーツ")
    ENVIRONMENT = 7, _("環境の保全")
    DISASTER = 8, _("災害救援")
    SAFETY = 9, _("地域安全")
    RIGHTS = 10, _("人権・平和")
    INTERNATIONAL = 11, _("国際協力")
    EQUALITY = 12, _("男女共同参画")
    CHILDREN = 13, _("子どもの健全育成")
    INFORMATION = 14, _("情報化社会")
    SCIENCE = 15, _("科学技術")
    ECONOMY = 16, _("経済活動の活性化")
    SKILLS = 17, _("職業能力・雇用")
    CONSUMERS = 18, _("消費者の保護")
    SUPPORT = 19, _("団体への助言・援助")
    ORDINANCE = 20, _("条例で定める活動")
