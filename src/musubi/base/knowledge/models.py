"""What a town's office adds to the tables that come with the engine; who did it stands in the log."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .enums import ConceptKind, Settled

LONGEST_SEARCH = 60
LONGEST_WORD = 40
LONGEST_READING = 100


class OwnRecipe(models.Model):
    """活動レシピ of this town: a new one, or under a shipped one's code what is told instead of it."""

    municipality = models.ForeignKey("places.Municipality", on_delete=models.CASCADE, related_name="+")
    code = models.SlugField(_("記号"), max_length=60, help_text="stands in the address; never changed")
    name = models.CharField(_("名前"), max_length=60)
    words = models.JSONField(_("人が使うことば"), help_text="list of words")
    fields = models.JSONField(_("分野"), help_text="numbers 1..20 of Field, the central one first")
    audiences = models.JSONField(_("だれのため"), help_text="list of words")
    summary = models.TextField(_("どんな活動か"), max_length=600)
    reason = models.TextField(_("書いた理由"), max_length=400)
    needs = models.JSONField(_("必要なもの"), help_text="[{resource, what, reason, amount, unit, usually}]")
    permits = models.JSONField(_("手続き・保険"), default=list, help_text="[{what, ask, reason}]")
    partners = models.JSONField(_("組む相手"), default=list, help_text="list of words")
    cautions = models.JSONField(_("気をつけること"), default=list, help_text="list of sentences")
    first_steps = models.JSONField(_("はじめの三歩"), default=list, help_text="list of sentences")
    version = models.PositiveIntegerField(
        default=1, help_text="grows with each save: two editors notice each other"
    )
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "code"],
                name="knowledge_ownrecipe_once",
                violation_error_message=_("この記号のレシピは、もうあります。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class HiddenRecipe(models.Model):
    """A recipe that this town does not show, shipped or its own."""

    municipality = models.ForeignKey("places.Municipality", on_delete=models.CASCADE, related_name="+")
    code = models.SlugField(max_length=60)

    class Meta:
        ordering = ("code", "pk")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "code"], name="knowledge_hiddenrecipe_once"),
        ]

    def __str__(self) -> str:
        return self.code


class OwnConcept(models.Model):
    """A thing or an idea that this town speaks of, and the words people write for it.

    Under the name of a shipped concept: further words and relations of it.
    """

    municipality = models.ForeignKey("places.Municipality", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("名前"), max_length=40)
    kind = models.CharField(_("種類"), max_length=12, choices=ConceptKind.choices)
    words = models.JSONField(_("人が使うことば"), help_text="list of words")
    broader = models.JSONField(_("何の一つか"), default=list, help_text="names of concepts that it is one of")
    serves = models.JSONField(
        _("何として使えるか"), default=list, help_text="names of concepts that an offer of it can serve as"
    )
    reason = models.CharField(_("理由"), max_length=200)

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="knowledge_ownconcept_once",
                violation_error_message=_("この名前のことがらは、もうあります。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OwnSynonym(models.Model):
    """Words of this town for one thing: whoever searches for `word` is glad of the others, and the reverse."""

    municipality = models.ForeignKey("places.Municipality", on_delete=models.CASCADE, related_name="+")
    word = models.CharField(_("ことば"), max_length=LONGEST_SEARCH)
    words = models.JSONField(_("同じ意味のことば"), help_text="list of words")
    reason = models.CharField(_("理由"), max_length=200)

    class Meta:
        ordering = ("word", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "word"],
                name="knowledge_ownsynonym_once",
                violation_error_message=_("このことばは、もうあります。"),
            ),
        ]

    def __str__(self) -> str:
        return self.word


class OwnReading(models.Model):
    """How a word is read in this town: the furigana over it, before what any dictionary says."""

    municipality = models.ForeignKey("places.Municipality", on_delete=models.CASCADE, related_name="+")
    word = models.CharField(_("ことば"), max_length=LONGEST_WORD)
    reading = models.CharField(_("読み方"), max_length=LONGEST_READING, help_text="hiragana")
    reason = models.CharField(_("理由"), max_length=200)

    class Meta:
        ordering = ("reading", "word", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "word"],
                name="knowledge_ownreading_once",
                violation_error_message=_("このことばは、もうあります。"),
            ),
        ]

    def __str__(self) -> str:
        return self.word


class VainSearch(models.Model):
    """Words for which nothing was found on a day, and how often: never who, never from where.

    Until a second person has searched for them they carry a mark of the first, of four bits, that a sixteenth of
    all people share: mostly enough to see that it was another one, too little to tell who it was.
    """

    municipality = models.ForeignKey("places.Municipality", on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=LONGEST_SEARCH)
    day = models.DateField()
    count = models.PositiveIntegerField(default=1)
    settled = models.CharField(max_length=10, choices=Settled.choices, blank=True)
    asked_by = models.CharField(
        max_length=1, blank=True, help_text="a mark of the only one who has asked so far; empty once two have"
    )

    class Meta:
        ordering = ("-day", "words", "pk")
        verbose_name_plural = "vain searches"
        indexes = [
            models.Index(fields=["municipality", "settled", "day"], name="knowledge_vain_open"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "words", "day"], name="knowledge_vainsearch_once_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(words=""),
                name="knowledge_vainsearch_has_words",
                violation_error_message=_("ことばがありません。"),
            ),
        ]

    def __str__(self) -> str:
        return self.words
