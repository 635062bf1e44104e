from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from musubi.base.common.enums import Source

from .enums import PictureLicence, StoryState

USER = settings.AUTH_USER_MODEL


class Story(models.Model):
    """事例: what was done, how, what was learnt, told so that others can repeat it.

    Fields: 政府相互運用性フレームワーク GIF v2.2, 事例. Who took part comes from the project.
    """

    municipality = models.ForeignKey("places.Municipality", on_delete=models.PROTECT, related_name="+")
    project = models.OneToOneField("projects.Project", on_delete=models.PROTECT, related_name="story")
    title = models.CharField(_("題名"), max_length=80)
    subtitle = models.CharField(_("副題"), max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(_("行った年"), null=True, blank=True)
    place = models.CharField(_("行った場所"), max_length=120, blank=True)
    audience = models.CharField(_("だれに向けた活動か"), max_length=200, blank=True)
    fields = models.JSONField(_("分野"), default=list, blank=True, help_text="numbers 1..20 of Field")
    keywords = models.CharField(_("キーワード"), max_length=200, blank=True, help_text="separated by 、")
    summary = models.TextField(_("取り組みの概要"), max_length=1000, blank=True)
    why = models.TextField(_("なぜ始めたか"), max_length=2000, blank=True)
    purpose = models.TextField(_("目的"), max_length=2000, blank=True)
    challenge = models.TextField(_("挑戦したこと"), max_length=2000, blank=True)
    activity = models.TextField(_("取り組んだこと"), max_length=4000, blank=True)
    learnt = models.TextField(_("学んだこと"), max_length=2000, blank=True)
    result = models.TextField(_("成果"), max_length=2000, blank=True)
    ingenuity = models.TextField(_("工夫したこと"), max_length=2000, blank=True)
    limits = models.TextField(_("むずかしかったこと・制約"), max_length=2000, blank=True)
    spread = models.TextField(_("広がり"), max_length=2000, blank=True)
    lasting = models.TextField(_("続けるしくみ"), max_length=2000, blank=True)
    evaluation = models.TextField(_("評価のしかた"), max_length=2000, blank=True)
    programmes = models.TextField(_("利用した制度"), max_length=1000, blank=True)
    video_title = models.CharField(_("動画の題名"), max_length=120, blank=True)
    video_url = models.URLField(_("動画の住所（URL）"), blank=True)
    url = models.URLField(_("関連ページの住所（URL）"), blank=True)
    contact = models.CharField(_("問い合わせ先"), max_length=200, blank=True)
    after = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="followers",
        help_text="the story whose example was followed",
    )  # fmt: skip
    state = models.CharField(max_length=20, choices=StoryState.choices, default=StoryState.DRAFT)
    version = models.PositiveIntegerField(default=1, help_text="grows with each save; consents name it")
    written_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    unpublished_at = models.DateTimeField(null=True, blank=True)
    unpublish_reason = models.CharField(max_length=500, blank=True, help_text="kept with the office")
    shown = models.JSONField(
        default=dict, blank=True,
        help_text="team and figures as published: {team: [{name, actor, role, does}], figures: [...]}",
    )  # fmt: skip

    class Meta:
        ordering = ("-published_at", "-pk")
        verbose_name_plural = "stories"
        indexes = [
            models.Index(fields=["municipality", "state", "-published_at"], name="stories_story_newest")
        ]
        constraints = [
            models.CheckConstraint(
                name="stories_story_published_has_date",
                condition=~Q(state="published") | Q(published_at__isnull=False),
                violation_error_message=_("公開した日がありません。"),
            ),
            models.CheckConstraint(
                name="stories_story_unpublished_has_reason",
                condition=~Q(state="unpublished") | ~Q(unpublish_reason=""),
                violation_error_message=_("公開をやめるときは、理由を書いてください。"),
            ),
            models.CheckConstraint(
                name="stories_story_told_when_asked",
                condition=Q(state="draft") | (~Q(title="") & ~Q(summary="")),
                violation_error_message=_("題名と概要を書いてください。"),
            ),
            models.CheckConstraint(name="stories_story_not_after_itself", condition=~Q(after=F("pk"))),
        ]

    def __str__(self) -> str:
        return self.title


class StoryPicture(models.Model):
    """写真: with words for those who do not see it, and what others may do with it."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="pictures")
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    alt = models.CharField(_("写真の説明"), max_length=200)
    licence = models.CharField(
        _("使ってよい範囲"), max_length=20, choices=PictureLicence.choices, default=PictureLicence.HERE_ONLY
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.alt


class Consent(models.Model):
    """同意: a partner agrees to these words and to the pictures; without an answer it is awaited."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="consents")
    partner = models.ForeignKey("projects.Partner", on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField(default=0, help_text="the version of the story it was given for")
    text = models.BooleanField(_("文章"), null=True)
    pictures = models.BooleanField(_("写真"), null=True)
    words = models.CharField(_("直してほしいこと"), max_length=500, blank=True)
    said_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    said_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=20, choices=Source.choices, default=Source.WEB)
    asked_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True, help_text="kept with the office")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["story", "partner"], name="stories_consent_once"),
            models.CheckConstraint(
                name="stories_consent_dated_iff_said",
                condition=Q(text=None, pictures=None, said_at=None)
                | Q(text__isnull=False, pictures__isnull=False, said_at__isnull=False),
                violation_error_message=_("文章と写真のそれぞれについて、答えを選んでください。"),
            ),
            models.CheckConstraint(
                name="stories_consent_withdrawn_has_reason",
                condition=Q(withdrawn_at=None, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                violation_error_message=_("同意を取り消す理由を書いてください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner}: {self.story}"


class Echo(models.Model):
    """「うちの地域でもやりたい」: a need that was begun after the example of a story."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="echoes")
    listing = models.OneToOneField("listings.Listing", on_delete=models.CASCADE, related_name="+")
    begun_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    begun_at = models.DateTimeField()

    class Meta:
        ordering = ("begun_at", "pk")
        verbose_name_plural = "echoes"

    def __str__(self) -> str:
        return f"{self.listing} ← {self.story}"
