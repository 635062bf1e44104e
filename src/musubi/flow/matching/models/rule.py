from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MatchingRule(models.Model):
    """照合のきまり: how a town orders what fits, as its office set it; the latest version is in force."""

    municipality = models.ForeignKey("places.Municipality", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(help_text="from 1; before the first the engine's own rule holds")
    weights = models.JSONField(help_text='{"signal": points of the score, 0 to 1; cautions below 0}')
    beta = models.FloatField(help_text="how strongly being found lowers; 0: not at all")
    bound = models.FloatField(help_text="the share of a list's nDCG@10 that fairness may cost")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("municipality", "-version")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "version"],
                name="matching_rule_version_once",
                violation_error_message=_("ほかの担当が先に保存しました。"),
            ),
            models.CheckConstraint(
                name="matching_rule_beta_in_range",
                condition=Q(beta__gte=0, beta__lte=1),
                violation_error_message=_("公平さの強さは、0から1までにしてください。"),
            ),
            models.CheckConstraint(
                name="matching_rule_bound_in_range",
                condition=Q(bound__gte=0, bound__lte=0.2),
                violation_error_message=_("並べ替えの上限は、0％から20％までにしてください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.version}"
