from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from musubi.flow.matching.queries import RuleInForce, proposed_rule
from musubi.web.design.forms import AmountField, Form

LEAST_TOGETHER, MOST_TOGETHER = 60, 300
MOST_BOUND_PERCENT = 20


class RuleForm(Form):
    """The points of every signal the engine has, and how far fairness may go."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    beta = AmountField(
        label=_("公平さの強さ"),
        minimum=0,
        maximum=1,
        whole=False,
        units=(),
        error_messages={
            "unreadable": _("0から1までの数を、「0.1」のように入れてください。"),
            "maximum": _("強すぎます。1以下の数を入れてください。"),
            "unit": _("0から1までの数だけを、「0.1」のように入れてください。"),
        },
    )
    bound = AmountField(
        label=_("並べ替えの上限（％）"),
        minimum=0,
        maximum=MOST_BOUND_PERCENT,
        whole=False,
        units="%",
        error_messages={
            "unreadable": _("0から20までの数を、「2」のように入れてください。"),
            "maximum": _("大きすぎます。合う順が大きくくずれるので、20以下にしてください。"),
        },
    )

    def __init__(
        self,
        *args: Any,
        rule: RuleInForce,
        usual: RuleInForce,
        begin_with: RuleInForce | None = None,
        **kwargs: Any,
    ) -> None:
        """`begin_with`: whose values stand in the fields at first; those of the rule in force if not said."""
        first = begin_with or rule
        kwargs["initial"] = {
            "version": rule.version,
            "beta": f"{first.exposure.beta:g}",
            "bound": f"{first.bound_percent:f}",
            **{f"points_{signal.name}": f"{signal.points:f}" for signal in first.signals},
        }
        super().__init__(*args, **kwargs)
        self.signals = rule.signals
        for signal in self.signals:
            self.fields[f"points_{signal.name}"] = AmountField(
                label=signal.label,
                minimum=0,
                maximum=100,
                whole=False,
                units="点",
                help_text=gettext("%(sentence)s もとの点は%(usual)sです。")
                % {"sentence": signal.explanation, "usual": f"{signal.usual:f}"},
                error_messages={
                    "unreadable": _("0から100までの点を、「35」のように入れてください。"),
                    "maximum": _("多すぎます。満点は100点なので、100以下にしてください。"),
                },
            )
        self.order_fields(["version", *(f"points_{signal.name}" for signal in self.signals)])
        self.fields["beta"].help_text = gettext(
            "大きいほど、よく紹介された提供を下げ、まだ見られていない提供を上げます。0なら並べ替えません。もとは%(usual)sです。"
        ) % {"usual": f"{usual.exposure.beta:g}"}
        self.fields["bound"].help_text = gettext(
            "公平さのために、合う順（上から10件）をどこまでくずしてよいか。どの一覧も、これを超えません。もとは%(usual)s％です。"
        ) % {"usual": f"{usual.bound_percent:f}"}

    def clean(self) -> dict[str, Any]:
        """All together must be able to tell offers apart, and to call one a good fit."""
        data = self.cleaned_data
        adding = [f"points_{signal.name}" for signal in self.signals if not signal.takes_away]
        if all(name in data for name in adding):
            total = sum(Decimal(data[name]) for name in adding)
            if total < LEAST_TOGETHER:
                self.add_error(
                    adding[0],
                    gettext(
                        "加える点が、全部で%(total)s点しかありません。これでは候補がほとんど出ません。合わせて%(least)d点以上にしてください。"
                    )
                    % {"total": f"{total:f}", "least": LEAST_TOGETHER},
                )
            elif total > MOST_TOGETHER:
                largest = max(adding, key=lambda name: data[name])
                self.add_error(
                    largest,
                    gettext(
                        "加える点が、全部で%(total)s点あります。多くの提供が満点になって差がつきません。合わせて%(most)d点以下にしてください。"
                    )
                    % {"total": f"{total:f}", "most": MOST_TOGETHER},
                )
        return data

    @property
    def adding(self) -> list[BoundField]:
        return [self[f"points_{signal.name}"] for signal in self.signals if not signal.takes_away]

    @property
    def taking(self) -> list[BoundField]:
        return [self[f"points_{signal.name}"] for signal in self.signals if signal.takes_away]

    @property
    def rule(self) -> RuleInForce:
        """What was typed, for the engine."""
        data = self.cleaned_data
        points = {signal.name: data[f"points_{signal.name}"] for signal in self.signals}
        return proposed_rule(points=points, beta=data["beta"], bound_percent=data["bound"])

    @property
    def fingerprint(self) -> str:
        """The values that a preview was made of: only these may be saved after it."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return ";".join(f"{name}={Decimal(value).normalize():f}" for name, value in sorted(values.items()))
