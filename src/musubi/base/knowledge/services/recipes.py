"""Recipes that the office writes, hides and shows again."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.enums import Field
from musubi.base.common.verdict import Verdict, require
from musubi.base.places.models import Municipality

from ..adapter import Recipe, contents_of, is_code, known_resources, known_units, same_words, shipped_recipes
from ..models import HiddenRecipe, OwnRecipe
from ..queries import every_recipe_of
from .holding import hold_town

OWN_CODE = "own"
MUST_SAY = {
    "name": gettext_lazy("名前を入れてください。"),
    "words": gettext_lazy("人がこの活動を指して使うことばを、1つ以上入れてください。"),
    "fields": gettext_lazy("分野を1つ以上選んでください。"),
    "audiences": gettext_lazy("だれのための活動かを、1つ以上入れてください。"),
    "summary": gettext_lazy("どんな活動かを書いてください。"),
    "reason": gettext_lazy("このように書いた理由を入れてください。"),
    "needs": gettext_lazy("必要なものを1つ以上入れてください。"),
}


class StaleRecipe(Exception):
    """Somebody else saved in between; nothing was stored, and what was typed is with the caller."""

    def __init__(self, version: int) -> None:
        self.sentence = _(
            "ほかの人（または別の画面）が先に保存したため、まだ保存していません。"
            "書いたものはこの画面に残っています。新しい内容を見てから、もう一度保存してください。"
        )
        super().__init__(self.sentence)
        self.version = version


def new_code(municipality: Municipality) -> str:
    """A code for a recipe of the town's own that no other has."""
    taken = OwnRecipe.objects.filter(municipality=municipality, code__startswith=f"{OWN_CODE}-")
    numbers = [int(code.rpartition("-")[2]) for code in taken.values_list("code", flat=True)]
    return f"{OWN_CODE}-{max(numbers, default=0) + 1}"


@transaction.atomic
def save_recipe(
    *,
    municipality: Municipality,
    recipe: Recipe,
    version: int,
    allowed: Verdict,
    by: User,
    now: dt.datetime,
) -> OwnRecipe:
    """Store the town's own wording of a recipe, or a recipe of its own; the shipped one stays as it is.

    `version` is the one that was read (0: there was none). StaleRecipe if it is another by now;
    ValidationError with a sentence by field for what does not hold together.
    """
    require(allowed)
    hold_town(municipality)
    row = OwnRecipe.objects.filter(municipality=municipality, code=recipe.code).first()
    if (row.version if row else 0) != version:
        raise StaleRecipe(row.version if row else 0)
    _check(municipality, recipe)
    contents = contents_of(recipe)
    before = {} if row is None else {name: getattr(row, name) for name in contents}
    changed = sorted(name for name, value in contents.items() if before.get(name) != value)
    if row is None:
        row = OwnRecipe(municipality=municipality, code=recipe.code, version=0)
    elif not changed:
        return row
    for name, value in contents.items():
        setattr(row, name, value)
    row.version, row.updated_at = version + 1, now
    row.save()
    after = {"name": row.name, "code": row.code, "changed": changed}
    audit.record(by=by, verb="recipe.save", subject=row, at=now, after=after)
    return row


@transaction.atomic
def hide_recipe(
    *, municipality: Municipality, code: str, allowed: Verdict, by: User, now: dt.datetime
) -> HiddenRecipe:
    """Show a recipe no more, nor propose it; its wording is kept."""
    require(allowed)
    row, is_new = HiddenRecipe.objects.get_or_create(municipality=municipality, code=code)
    if is_new:
        audit.record(by=by, verb="recipe.hide", subject=row, at=now, after={"code": code})
    return row


@transaction.atomic
def restore_recipe(
    *, municipality: Municipality, code: str, allowed: Verdict, by: User, now: dt.datetime
) -> None:
    """Show a hidden recipe again."""
    require(allowed)
    for row in HiddenRecipe.objects.filter(municipality=municipality, code=code):
        audit.record(by=by, verb="recipe.restore", subject=row, at=now, after={"code": code})
        row.delete()


@transaction.atomic
def drop_own_recipe(
    *, municipality: Municipality, code: str, allowed: Verdict, by: User, now: dt.datetime
) -> None:
    """Throw the town's own wording away: a shipped recipe is told as shipped again, an own one is gone."""
    require(allowed)
    for row in OwnRecipe.objects.filter(municipality=municipality, code=code):
        audit.record(by=by, verb="recipe.drop", subject=row, at=now, before={"name": row.name, "code": code})
        row.delete()
        if all(recipe.code != code for recipe in shipped_recipes()):
            HiddenRecipe.objects.filter(municipality=municipality, code=code).delete()


def _check(municipality: Municipality, recipe: Recipe) -> None:
    problems: dict[str, list[str]] = {
        name: [str(sentence)] for name, sentence in MUST_SAY.items() if not getattr(recipe, name)
    }
    if not is_code(recipe.code):
        problems["code"] = [_("記号は、英小文字と数字とハイフンで入れてください。")]
    if not set(recipe.fields) <= set(Field.values):
        problems["fields"] = [_("活動の分野を選び直してください。")]
    for need in recipe.needs:
        if need.resource not in known_resources() or (need.unit or "") not in {"", *known_units()}:
            problems["needs"] = [_("必要なものの種類と単位を選び直してください。")]
        elif (need.amount is None) != (need.unit is None):
            problems["needs"] = [_("「%(what)s」の数と単位は、両方入れてください。") % {"what": need.what}]
        elif not need.what or not need.reason:
            problems["needs"] = [_("必要なものには、なにをと、理由の両方を書いてください。")]
    if taken := _named_by_others(municipality, recipe):
        problems.setdefault("words", []).append(taken)
    if problems:
        raise ValidationError(problems)


def _named_by_others(municipality: Municipality, recipe: Recipe) -> str:
    """A word names one recipe: the sentence where it does not."""
    for other in every_recipe_of(municipality):
        if other.recipe.code == recipe.code:
            continue
        for word in recipe.words:
            if any(same_words(word, known) for known in other.recipe.words):
                return _("「%(word)s」は、もう「%(name)s」のことばです。") % {
                    "word": word,
                    "name": other.recipe.name,
                }
    return ""
