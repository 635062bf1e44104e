from django.db import models
from django.utils.translation import gettext_lazy as _


class StoryState(models.TextChoices):
    DRAFT = "draft", _("下書き")
    CONSENTING = "consenting", _("同意を待っています")
    PUBLISHED = "published", _("公開中")
    UNPUBLISHED = "unpublished", _("公開をやめました")


class PictureLicence(models.TextChoices):
    """イメージのライセンス: what others may do with a picture."""

    HERE_ONLY = "here_only", _("この事例だけで使えます")
    CC_BY = "cc_by", _("名前を示せば使えます（CC BY 4.0）")
    CC0 = "cc0", _("自由に使えます（CC0）")
