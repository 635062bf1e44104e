"""Concepts, synonyms, and words that were searched for in vain."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from musubi.base.knowledge import services
from musubi.base.knowledge.queries import concept_reader, own_concepts_of, own_synonyms_of, shipped_concepts
from musubi.flow.actors.queries import vain_searches_for
from musubi.flow.matching.services import follow_knowledge
from musubi.web.design.paging import page_of
from musubi.web.design.reading import plain_text
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed
from musubi.web.office.door import office_only

from ..course import course_of
from ..forms import ConceptForm, SynonymForm
from .acts import Entry, ask_and_remove, by_whom, entry_page, save_and_return

WEEKS_DRAWN = 12
CONCEPT = Entry("concept", gettext_lazy("ことがら"), gettext_lazy("このことがらを消す"))
SYNONYM = Entry("synonym", gettext_lazy("同じ意味のことば"), gettext_lazy("このことばを消す"))


@require_safe
@office_only
def concepts(request: PersonRequest) -> HttpResponse:
    """The town's own."""
    rows = own_concepts_of(request.municipality).order_by("name", "pk")
    return render(
        request,
        "office/knowledge/concepts.html",
        {"page": page_of(rows, request.GET, total=rows.count()), "shipped": shipped_concepts()},
    )


@require_http_methods(["GET", "POST"])
@office_only
def concept_new(request: PersonRequest) -> HttpResponse:
    form = typed(request, ConceptForm, known=concept_reader(request.municipality.pk).known)
    return _concept(request, form, "")


@require_http_methods(["GET", "POST"])
@office_only
def concept_edit(request: PersonRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(own_concepts_of(request.municipality), pk=pk)
    initial = {name: getattr(row, name) for name in ("kind", "words", "broader", "serves", "reason")}
    known = concept_reader(request.municipality.pk).known
    form = typed(request, ConceptForm, known=known, fixed_name=row.name, initial=initial)
    return _concept(request, form, row.name, row)


@require_http_methods(["GET", "POST"])
@office_only
def concept_remove(request: PersonRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(own_concepts_of(request.municipality), pk=pk)

    def remove() -> None:
        with transaction.atomic():
            services.remove_concept(concept=row, **by_whom(request))
            follow_knowledge(municipality=request.municipality)

    return ask_and_remove(
        request, row.name, remove, "office:concepts", reverse("office:concept_edit", args=[pk])
    )


@require_safe
@office_only
def synonyms(request: PersonRequest) -> HttpResponse:
    """The town's own."""
    rows = own_synonyms_of(request.municipality).order_by("word", "pk")
    page = page_of(rows, request.GET, total=rows.count())
    return render(request, "office/knowledge/synonyms.html", {"page": page})


@require_http_methods(["GET", "POST"])
@office_only
def synonym_new(request: PersonRequest) -> HttpResponse:
    return _synonym(request, typed(request, SynonymForm), "")


@require_http_methods(["GET", "POST"])
@office_only
def synonym_edit(request: PersonRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(own_synonyms_of(request.municipality), pk=pk)
    initial = {"words": row.words, "reason": row.reason}
    form = typed(request, SynonymForm, fixed_word=row.word, initial=initial)
    return _synonym(request, form, row.word, row)


@require_http_methods(["GET", "POST"])
@office_only
def synonym_remove(request: PersonRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(own_synonyms_of(request.municipality), pk=pk)

    def remove() -> None:
        services.remove_synonym(synonym=row, **by_whom(request))

    return ask_and_remove(
        request, row.word, remove, "office:synonyms", reverse("office:synonym_edit", args=[pk])
    )


@require_safe
@office_only
def searches(request: PersonRequest) -> HttpResponse:
    """What nobody has answered yet, the most often searched first."""
    rows = vain_searches_for(request.user, request.municipality)
    page = page_of(rows, request.GET, total=rows.count())
    weeks = rows.by_week(until=timezone.localdate(), weeks=WEEKS_DRAWN)
    return render(request, "office/knowledge/searches.html", {"page": page, "course": course_of(weeks)})


@require_http_methods(["GET", "POST"])
@office_only
def search_accept(request: PersonRequest) -> HttpResponse:
    """Let words that were searched in vain mean the same as others."""
    words = _words(request.POST.get("asked") or request.GET.get("words", ""))
    form = typed(request, SynonymForm, fixed_word=words or "-")

    def save(values: dict[str, Any]) -> str:
        services.accept_vain_search(
            municipality=request.municipality,
            words=words,
            synonyms=values["words"],
            reason=values["reason"],
            **by_whom(request),
        )
        return _("「%(words)s」を、同じ意味のことばに足しました。") % {"words": words}

    done = save_and_return(request, form, save, "office:searches") if words else None
    return done or entry_page(request, SYNONYM, form, _("同じ意味のことばに足す"), words=words)


@require_POST
@office_only
def search_dismiss(request: PersonRequest) -> HttpResponse:
    """Off the list, for good."""
    words = _words(request.POST.get("words", ""))
    if services.dismiss_vain_search(municipality=request.municipality, words=words, **by_whom(request)):
        messages.success(request, _("「%(words)s」を見送りました。") % {"words": words})
    return redirect("office:searches")


def _concept(request: PersonRequest, form: ConceptForm, name: str, row: Any = None) -> HttpResponse:
    def save(values: dict[str, Any]) -> str:
        values.setdefault("name", name)
        with transaction.atomic():
            services.save_concept(municipality=request.municipality, **values, **by_whom(request))
            follow_knowledge(municipality=request.municipality)
        return _("「%(name)s」を保存しました。載っているニーズ・提供も、まもなく読み直します。") % values

    return save_and_return(request, form, save, "office:concepts") or entry_page(
        request, CONCEPT, form, name or _("ことがらを足す"), row=row
    )


def _synonym(request: PersonRequest, form: SynonymForm, word: str, row: Any = None) -> HttpResponse:
    def save(values: dict[str, Any]) -> str:
        values.setdefault("word", word)
        services.save_synonym(municipality=request.municipality, **values, **by_whom(request))
        return _("「%(word)s」を保存しました。") % values

    return save_and_return(request, form, save, "office:synonyms") or entry_page(
        request, SYNONYM, form, word or _("同じ意味のことばを足す"), row=row
    )


def _words(text: str) -> str:
    return " ".join(plain_text(text, multiline=False).split())[:60]
