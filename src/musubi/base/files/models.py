"""Files that people gave us. They lie outside the web root; a page decides who may read one."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from musubi.base.common.enums import Visibility

from .pictures import SMALL


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
    width = models.PositiveIntegerField(
        null=True,
        editable=False,
        help_text="of a picture; none while it is kept as it came, 0 if it cannot be read",
    )
    height = models.PositiveIntegerField(null=True, editable=False)
    small = models.FileField(
        max_length=200, blank=True, help_text="the same picture for a telephone; empty: it is small itself"
    )
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
            models.CheckConstraint(
                condition=models.Q(width=None, height=None, small="")
                | models.Q(width__isnull=False, height__isnull=False),
                name="files_storedfile_pictures_have_both_sides",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")

    @property
    def small_width(self) -> int:
        """How many pixels wide the small one is, for a browser to choose."""
        assert self.width, "asked of pictures that were made to fit"
        assert self.height
        return min(SMALL[0], round(self.width * SMALL[1] / self.height))
