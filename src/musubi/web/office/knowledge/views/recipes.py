"""活動レシピ: what is shipped, told otherwise, hidden, and the town's own."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from musubi.base.knowledge import services
from musubi.base.knowledge.enums import RecipeOrigin
from musubi.base.knowledge.queries import TownRecipe, every_recipe_of, find_recipes, own_version_of
from musubi.flow.actors.permissions import can_keep_knowledge
from musubi.flow.matching.services import follow_knowledge
from musubi.web.design.kept import kept_for
from musubi.web.design.paging import page_of
from musubi.web.design.reading import plain_text
from musubi.web.design.requests import PersonRequest
from musubi.web.office.door import office_only

from ..recipe_form import RecipeEditor

BAD, CONFLICT = 422, 409
SHOWN = {"own": (RecipeOrigin.OWN, RecipeOrigin.CHANGED)}


@require_safe
@office_only
def recipes(request: PersonRequest) -> HttpResponse:
    """All of them, by word; or only the town's own, or the hidden ones."""
    rows = every_recipe_of(request.municipality)
    words = " ".join(plain_text(request.GET.get("q", ""), multiline=False).split())[:100]
    state = request.GET.get("state", "")
    if state == "hidden":
        rows = [row for row in rows if row.is_hidden]
    elif state == "own":
        rows = [row for row in rows if row.origin in SHOWN["own"]]
    if words:
        found = [recipe.code for recipe in find_recipes([row.recipe for row in rows], words)]
        rows = sorted(
            (row for row in rows if row.recipe.code in found), key=lambda row: found.index(row.recipe.code)
        )
    return render(
        request,
        "office/knowledge/recipes.html",
        {"page": page_of(rows, request.GET, total=len(rows)), "words": words, "state": state},
    )


@require_http_methods(["GET", "POST"])
@office_only
def recipe_new(request: PersonRequest) -> HttpResponse:
    """A recipe of the town's own."""
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@office_only
def recipe_edit(request: PersonRequest, code: str) -> HttpResponse:
    """Tell a recipe in the town's own words; the shipped wording is kept beneath."""
    return _edit(request, _found(request, code))


@require_POST
@office_only
def recipe_hide(request: PersonRequest, code: str) -> HttpResponse:
    """Neither in the guide nor proposed any more."""
    row = _found(request, code)
    with transaction.atomic():
        services.hide_recipe(code=code, **_who(request))
        follow_knowledge(municipality=request.municipality)
    messages.success(request, _("「%(name)s」を出さないことにしました。") % {"name": row.recipe.name})
    return redirect("office:recipe_edit", code)


@require_POST
@office_only
def recipe_restore(request: PersonRequest, code: str) -> HttpResponse:
    """In the guide again."""
    row = _found(request, code)
    with transaction.atomic():
        services.restore_recipe(code=code, **_who(request))
        follow_knowledge(municipality=request.municipality)
    messages.success(request, _("「%(name)s」をまた出しました。") % {"name": row.recipe.name})
    return redirect("office:recipe_edit", code)


@require_http_methods(["GET", "POST"])
@office_only
def recipe_drop(request: PersonRequest, code: str) -> HttpResponse:
    """Ask, then throw the town's own wording away."""
    row = _found(request, code)
    if row.origin == RecipeOrigin.SHIPPED:
        raise Http404
    if request.method == "POST":
        with transaction.atomic():
            services.drop_own_recipe(code=code, **_who(request))
            follow_knowledge(municipality=request.municipality)
        messages.success(request, _("この町で書いた「%(name)s」を消しました。") % {"name": row.recipe.name})
        return redirect("office:recipes")
    return render(
        request,
        "office/knowledge/recipe_drop.html",
        {
            "question": _("この町で書いた「%(name)s」を消しますか") % {"name": row.recipe.name},
            "is_own": row.origin == RecipeOrigin.OWN,
            "confirm_label": _("消す"),
            "back_url": reverse("office:recipe_edit", args=[code]),
            "dangerous": True,
        },
    )


def _edit(request: PersonRequest, row: TownRecipe | None) -> HttpResponse:
    kept = kept_for(request)
    version = own_version_of(request.municipality, row.recipe.code) if row else 0
    recipe = row.recipe if row else None
    editor = RecipeEditor(recipe, version, request.POST if request.method == "POST" else kept)
    status, stale = 200, None
    if request.method == "POST" and not editor.row_asked:
        status = BAD
        if editor.is_valid():
            code = row.recipe.code if row else services.new_code(request.municipality)
            try:
                with transaction.atomic():
                    services.save_recipe(recipe=editor.recipe(code), version=editor.version, **_who(request))
                    follow_knowledge(municipality=request.municipality)
            except ValidationError as refused:
                editor.refuse(refused)
            except services.StaleRecipe as found:
                status, stale = CONFLICT, found
                typed = request.POST.copy()
                typed["version"] = str(found.version)
                editor = RecipeEditor(recipe, version, typed)
                editor.keep_unchecked()
            else:
                messages.success(request, _("活動レシピを保存しました。"))
                return redirect("office:recipe_edit", code)
    elif kept is not None and request.method != "POST":
        editor.keep_unchecked()
    context = {
        "row": row,
        "editor": editor,
        "form": editor.form,
        "stale": stale,
        "was_kept": kept is not None,
        "is_changed": row is not None and row.origin != RecipeOrigin.SHIPPED,
    }
    return render(request, "office/knowledge/recipe.html", context, status=status)


def _found(request: PersonRequest, code: str) -> TownRecipe:
    rows = every_recipe_of(request.municipality)
    row = next((row for row in rows if row.recipe.code == code), None)
    if row is None:
        raise Http404
    return row


def _who(request: PersonRequest) -> dict[str, Any]:
    """In whose town, by whom, when, and whether they may."""
    return {
        "municipality": request.municipality,
        "allowed": can_keep_knowledge(request.user, request.municipality),
        "by": request.user,
        "now": timezone.now(),
    }
