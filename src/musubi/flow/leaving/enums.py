from django.db import models
from django.utils.translation import gettext_lazy as _


class LeaverKind(models.TextChoices):
    PERSON = "person", _("人")
    ORGANISATION = "organisation", _("団体")
