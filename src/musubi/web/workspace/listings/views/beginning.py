"""「子ども食堂を始めたい」: from a sentence to the first lines of a need."""

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from musubi.base.knowledge.queries import recipe_of, recipes_in
from musubi.flow.actors.queries import editable_actors_for
from musubi.flow.listings import services
from musubi.flow.listings.enums import Side, Template
from musubi.web.design.kept import kept_for
from musubi.web.design.requests import PersonRequest
from musubi.web.shared.recipe_words import in_words

from ..recipe_forms import BeginForm, IngredientForm, WishForm, ingredient_forms
from .starting import ACTORS_SHOWN, first_place

if TYPE_CHECKING:
    from musubi.flow.actors.models import Actor

BAD = 422
TITLE, BODY = 80, 4000


@require_http_methods(["GET", "POST"])
def listing_begin(request: PersonRequest) -> HttpResponse:
    """Which activity is it, what does it take, and which of that do you need? Then a draft begins."""
    actors = list(editable_actors_for(request.user).filter(municipality=request.municipality)[:ACTORS_SHOWN])
    kept = kept_for(request)
    typed = request.POST if request.method == "POST" else kept
    asked: QueryDict = request.GET if typed is None else typed
    words = " ".join(asked.get("words", "").split())[:200]
    code = asked.get("recipe", "")
    recipe, found = _recipes(request, words, code)
    form = BeginForm(
        typed,
        actors=[(actor.pk, actor.name) for actor in actors],
        initial={"title": (words or _wish_for(recipe))[:TITLE], "words": words, "recipe": _code_of(recipe)},
    )
    lines = ingredient_forms(recipe, typed) if recipe else []
    if request.method == "POST":
        if all([form.is_valid(), *(line.is_valid() for line in lines)]):
            return _begin(request, actors, form, lines, recipe)
    elif kept is not None:
        for part in (form, *lines):
            part.keep_unchecked()
    return render(
        request,
        "workspace/listings/begin.html",
        {
            "actors": actors,
            "wish": WishForm({"words": words} if words else None),
            "words": words,
            "found": [in_words(near) for near in found],
            "recipe": recipe,
            "form": form,
            "lines": lines,
            "was_kept": kept is not None,
            "back_here": quote(_address(words, recipe), safe="/"),
        },
        status=BAD if request.method == "POST" else 200,
    )


def _begin(
    request: PersonRequest,
    actors: "list[Actor]",
    form: BeginForm,
    lines: list[IngredientForm],
    recipe: Any,
) -> HttpResponse:
    actor = next(actor for actor in actors if str(actor.pk) == form.cleaned_data["actor"])
    values = tuple(line for each in lines if (line := each.line()))
    title, words = form.cleaned_data["title"], form.cleaned_data["words"]
    listing = services.create_draft(
        actor=actor,
        side=Side.NEED,
        template=_template(values),
        content=services.Content(
            title=title,
            body=words[:BODY] if words != title else "",
            lines=values,
            area_ids=first_place(request, actor),
            fields=recipe.fields if recipe else tuple(actor.fields),
        ),
        by=request.user,
        now=timezone.now(),
    )
    messages.success(
        request, _("下書きを作りました。書けるところから書いてください。途中でやめても残ります。")
    )
    return redirect("workspace:listing_edit", listing.pk)


def _recipes(request: PersonRequest, words: str, code: str) -> tuple[Any, tuple[Any, ...]]:
    """The one activity that was chosen or that the words name, else those to choose from."""
    if code or not words:
        return (recipe_of(request.municipality, code) if code else None), ()
    named = recipes_in(request.municipality, words)
    if len(named) == 1:
        return named[0], ()
    return None, named or recipes_in(request.municipality, words, or_near=True)


def _template(lines: tuple[services.LineValue, ...]) -> str:
    """The sheet of the one kind of thing that is needed; a blank one for several."""
    kinds = {line.resource for line in lines}
    only = kinds.pop() if len(kinds) == 1 else ""
    return only if only in Template.values else Template.FREE


def _wish_for(recipe: Any) -> str:
    return _("%(activity)sを始めたい") % {"activity": recipe.name} if recipe else ""


def _address(words: str, recipe: Any) -> str:
    """Where this page is found again after something else was done first."""
    asked = {name: value for name, value in (("words", words), ("recipe", _code_of(recipe))) if value}
    return f"{reverse('workspace:listing_begin')}?{urlencode(asked)}"


def _code_of(recipe: Any) -> str:
    return recipe.code if recipe else ""
