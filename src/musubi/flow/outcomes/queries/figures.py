"""An indicator before and after, as a sentence."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from musubi.base.common.joining import labelled, sentences, with_unit

from ..models import Indicator

FULL_STOPS = "。."
"""How people end a sentence."""


def as_written(value: Decimal | None, unit: str = "") -> str:
    """「1,200.5人」; nothing for what was not counted."""
    return "" if value is None else with_unit(f"{value.normalize():,f}", unit)


@dataclass(frozen=True)
class IndicatorResult:
    """What was counted, from before to after, and whether the target was reached."""

    name: str
    unit: str
    before: Decimal | None
    target: Decimal | None
    after: Decimal | None
    note: str

    @classmethod
    def of(cls, row: Indicator) -> "IndicatorResult":
        return cls(row.name, row.unit, row.before, row.target, row.after, row.note)

    @property
    def is_to_fall(self) -> bool:
        """Accidents and waste should become fewer: the target lies below where it began."""
        return self.before is not None and self.target is not None and self.target < self.before

    @property
    def is_reached(self) -> bool | None:
        """None where nothing was aimed at or counted."""
        if self.target is None or self.after is None:
            return None
        return self.after <= self.target if self.is_to_fall else self.after >= self.target

    @property
    def before_words(self) -> str:
        return as_written(self.before, self.unit)

    @property
    def target_words(self) -> str:
        return as_written(self.target, self.unit)

    @property
    def after_words(self) -> str:
        return as_written(self.after, self.unit)

    @property
    def change_words(self) -> str:
        """「0人から120人になりました」."""
        if self.after is None:
            return _("まだ数えていません")
        if self.before is None:
            return _("%(after)sでした") % {"after": self.after_words}
        if self.before == self.after:
            return _("%(after)sのまま変わりませんでした") % {"after": self.after_words}
        return _("%(before)sから%(after)sになりました") % {
            "before": self.before_words,
            "after": self.after_words,
        }

    @property
    def reached_words(self) -> str:
        """「目標の100人に届きました」; nothing where there was no target."""
        if self.is_reached is None or self.target is None or self.after is None:
            return ""
        if self.is_reached:
            return _("目標の%(target)sに届きました") % {"target": self.target_words}
        gap = as_written(abs(self.target - self.after), self.unit)
        return _("目標の%(target)sまで、あと%(gap)sでした") % {"target": self.target_words, "gap": gap}

    @property
    def sentence(self) -> str:
        """「参加した人：0人から120人になりました。目標の100人に届きました。」"""
        parts = [self.change_words, self.reached_words, self.note.rstrip(FULL_STOPS)]
        return labelled(self.name, sentences(parts))
