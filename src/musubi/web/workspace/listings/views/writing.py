"""The page on which a listing is written: saved by a button or by itself, checked, published."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from musubi.base.common.verdict import NotAllowed
from musubi.base.index.queries import Ref
from musubi.flow.listings import services as listings
from musubi.flow.listings.enums import LISTING_SHOWN, ListingState
from musubi.flow.listings.permissions import (
    can_delete_draft,
    can_edit_listing,
    can_publish_listing,
    can_publish_now,
)
from musubi.flow.listings.queries import editable_listings_for, with_parts
from musubi.flow.listings.services import NotComplete, StaleDraft, content_of, problems_of
from musubi.flow.matching import services
from musubi.web.design.kept import kept_for
from musubi.web.design.requests import PersonRequest
from musubi.web.shared.similar import Similar, similar_for

from ..editor import ListingEditor, base_version, remember_version, with_version
from ..presentation import facts_of

if TYPE_CHECKING:
    from musubi.flow.listings.models import Listing

BAD, CONFLICT = 422, 409


def found(request: PersonRequest, pk: int) -> "Listing":
    """A listing that this person may have open in a form, with its parts, or 404."""
    return get_object_or_404(with_parts(editable_listings_for(request.user)), pk=pk)


@require_http_methods(["GET", "POST"])
def listing_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Write; nothing typed is lost, whatever is wrong with it."""
    listing = found(request, pk)
    verdict = can_edit_listing(request.user, listing)
    if not verdict:
        raise NotAllowed(verdict.reason)
    if request.method == "POST":
        return _posted(request, listing)
    kept = kept_for(request)
    editor = ListingEditor(listing, kept)
    if kept is not None:
        editor.show_as_typed()
        messages.info(request, _("入力していた内容を戻しました。まだ保存されていません。"))
    return _page(request, editor)


def _posted(request: PersonRequest, listing: "Listing") -> HttpResponse:
    editor = ListingEditor(listing, request.POST)
    if editor.row_asked:
        return _page(request, editor)
    is_published = listing.state == ListingState.PUBLISHED
    understood, content = editor.is_valid(), editor.content()
    if listing.state in LISTING_SHOWN and not understood:
        return _page(request, editor, status=BAD)
    try:
        saved = services.save_and_match(
            listing=listing,
            content=content,
            version=base_version(request, listing, editor.form),
            by=request.user,
            now=timezone.now(),
        )
    except StaleDraft as stale:
        editor = ListingEditor(listing, with_version(request.POST, stale.version))
        editor.show_as_typed()
        return _page(request, editor, stale=stale, status=CONFLICT)
    except NotComplete as lacks:
        editor.show(lacks.problems)
        return _page(request, editor, status=BAD)
    remember_version(request, saved, editor.form)
    if is_published:
        messages.success(request, _("直した内容を公開しました。"))
        return redirect(f"{reverse('workspace:listing', args=[saved.pk])}?saved=1")
    return _draft_saved(request, editor, saved, content)


def _draft_saved(
    request: PersonRequest, editor: ListingEditor, saved: "Listing", content: listings.Content
) -> HttpResponse:
    """On to the check where that was asked and nothing lacks; else the page again."""
    checks = request.POST.get("act") == "check"
    if checks:
        today = timezone.localdate()
        editor.show(problems_of(content, side=saved.side, template=saved.template, today=today))
    if not editor.is_valid():
        return _page(request, editor, saved=saved, status=BAD)
    if checks:
        return redirect(f"{reverse('workspace:listing_publish', args=[saved.pk])}?saved=1")
    shown = saved.state in LISTING_SHOWN
    messages.success(request, _("直した内容を保存しました。") if shown else _("下書きを保存しました。"))
    return redirect(f"{reverse('workspace:listing_edit', args=[saved.pk])}?saved=1")


@require_POST
def listing_autosave(request: PersonRequest, pk: int) -> HttpResponse:
    """Save a draft by itself: 204, or a sentence about what could not be kept. Never touches what others read."""
    listing = found(request, pk)
    if listing.state in LISTING_SHOWN:
        return JsonResponse(
            {"message": _("ほかの方に見えているものは、ボタンを押したときだけ保存します。")}, status=CONFLICT
        )
    editor = ListingEditor(listing, request.POST)
    understood, content = editor.is_valid(), editor.content()
    try:
        saved = listings.save_listing(
            listing=listing,
            content=content,
            version=base_version(request, listing, editor.form),
            by=request.user,
            now=timezone.now(),
        )
    except StaleDraft as stale:
        return JsonResponse({"message": stale.sentence}, status=CONFLICT)
    except NotComplete as lacks:
        return JsonResponse({"message": str(lacks)}, status=CONFLICT)
    except NotAllowed as refusal:
        return JsonResponse({"message": str(refusal)}, status=403)
    remember_version(request, saved, editor.form)
    if not understood:
        return JsonResponse({"message": _("読み取れない欄を除いて、下書きを保存しました。")})
    return HttpResponse(status=204)


@require_http_methods(["GET", "POST"])
def listing_publish(request: PersonRequest, pk: int) -> HttpResponse:
    """See it as others will, then publish; fitting partners are found at once."""
    listing = found(request, pk)
    edit_url = reverse("workspace:listing_edit", args=[pk])
    if request.method == "POST":
        try:
            listing = services.publish_and_match(listing=listing, by=request.user, now=timezone.now())
        except NotComplete as lacks:
            messages.error(request, " ".join(problem.sentence for problem in lacks.problems))
            return redirect(edit_url)
        messages.success(request, _("公開しました。"))
        return redirect(f"{reverse('workspace:listing', args=[pk])}?saved=1")
    problems = problems_of(
        content_of(listing), side=listing.side, template=listing.template, today=timezone.localdate()
    )
    verdict = can_publish_listing(request.user, listing)
    if verdict:
        verdict = can_publish_now(request.user, listing, timezone.now())
    return render(
        request,
        "workspace/listings/publish.html",
        {
            "listing": listing,
            "facts": facts_of(listing),
            "editor": ListingEditor(listing),
            "problems": problems,
            "verdict": verdict,
            "similar": _similar(request, listing, f"{listing.title}\n{listing.body}"),
            "keep_clear": _key(listing) if "saved" in request.GET else "",
        },
    )


@require_http_methods(["GET", "POST"])
def listing_delete(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask, then throw a draft away."""
    listing = found(request, pk)
    if request.method == "POST":
        listings.delete_draft(listing=listing, by=request.user, now=timezone.now())
        messages.success(request, _("下書きを消しました。"))
        return redirect("workspace:listings")
    verdict = can_delete_draft(request.user, listing)
    if not verdict:
        raise NotAllowed(verdict.reason)
    return render(
        request,
        "workspace/listings/delete.html",
        {
            "listing": listing,
            "question": _("下書き「%(title)s」を消しますか？") % {"title": listing},
            "confirm_label": _("消す"),
            "back_url": reverse("workspace:listing_edit", args=[pk]),
            "dangerous": True,
        },
    )


def _page(
    request: PersonRequest,
    editor: ListingEditor,
    *,
    saved: "Listing | None" = None,
    stale: StaleDraft | None = None,
    status: int = 200,
) -> HttpResponse:
    listing = saved or editor.listing
    is_published = listing.state == ListingState.PUBLISHED
    return render(
        request,
        "workspace/listings/edit.html",
        {
            "listing": listing,
            "editor": editor,
            "form": editor.form,
            "concepts": editor.concepts,
            "lines": editor.lines,
            "windows": editor.windows,
            "stale": stale,
            "partly_saved": saved is not None,
            "is_published": is_published,
            "similar": _similar(request, listing, editor.typed_text),
            "besides": f"listing-{listing.pk}",
            "autosave_url": ""
            if listing.state in LISTING_SHOWN
            else reverse("workspace:listing_autosave", args=[listing.pk]),
            "can_delete": can_delete_draft(request.user, listing),
            "keep_key": _key(listing),
            "keep_clear": _key(listing) if "saved" in request.GET and request.method == "GET" else "",
        },
        status=status,
    )


def _similar(request: PersonRequest, listing: "Listing", text: str) -> list[Similar]:
    """What is like a need that nobody else has seen yet."""
    if not listing.is_need or listing.state in LISTING_SHOWN:
        return []
    besides = Ref("listing", listing.pk)
    return similar_for(request.user, text, town=listing.municipality, besides=besides)


def _key(listing: "Listing") -> str:
    return f"listing-{listing.pk}"
