"""Files that people gave us. They lie outside the web root; a page decides who may read one."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from musubi.base.common.enums import Visibility


class StoredFile(models.Model):
    """One accepted file: what it is was decided by its content, not its name."""

    municipality = models.ForeignKey("places.Municipality", on_delete=models.PROTECT, related_name="files")
    name = models.CharField(
        _("ファイル名"), max_length=200, help_text="as the person called it; never used as a path"
    )
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(max_length=200)
    visibility = models.CharField(
        _("だれに見せるか"), max_length=20, choices=Visibility.choices, default=Visibility.CITY_HALL
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="uploaded_files"
    )
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ("-uploaded_at", "-pk")
        indexes = [models.Index(fields=["municipality", "sha256"], name="files_storedfile_content")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(size__gt=0),
                name="files_storedfile_not_empty",
                violation_error_message=_("空のファイルは受け取れません。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name
