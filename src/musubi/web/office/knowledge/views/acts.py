"""What the views of every table do alike."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from musubi.flow.actors.permissions import can_keep_knowledge
from musubi.web.design.forms import Form
from musubi.web.design.requests import PersonRequest

from ..forms import put_problems

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

BAD = 422


@dataclass(frozen=True)
class Entry:
    """One kind of entry: its name in addresses and templates, and what its pages call it."""

    name: str
    list_label: "StrPromise"
    remove_label: "StrPromise"


def ask_and_remove(
    request: PersonRequest, name: str, remove: Callable[[], None], list_name: str, back_url: str
) -> HttpResponse:
    """Ask, then remove."""
    if request.method == "POST":
        remove()
        messages.success(request, _("「%(name)s」を消しました。") % {"name": name})
        return redirect(list_name)
    context: dict[str, Form | str | bool] = {
        "question": _("「%(name)s」を消しますか") % {"name": name},
        "confirm_label": _("消す"),
        "back_url": back_url,
        "dangerous": True,
    }
    return render(request, "design/confirm.html", context)


def save_and_return(
    request: PersonRequest, form: Form, save: Callable[[dict[str, Any]], str], list_name: str
) -> HttpResponse | None:
    """Save what was typed and go back to the list; None where the form is to be shown (again).

    `save` answers with what is said of it then.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        told = save(form.cleaned_data)
    except ValidationError as refused:
        put_problems(form, refused)
        return None
    messages.success(request, told)
    return redirect(list_name)


def entry_page(
    request: PersonRequest, entry: Entry, form: Form, heading: str, *, row: Any = None, **more: Any
) -> HttpResponse:
    """The form of an entry that is there (`row`) or is to be."""
    context = {
        "form": form,
        "heading": heading,
        "list_label": entry.list_label,
        "list_url": reverse(f"office:{entry.name}s"),
        "remove_url": reverse(f"office:{entry.name}_remove", args=[row.pk]) if row else "",
        "remove_label": entry.remove_label,
        **more,
    }
    return render(request, f"office/knowledge/{entry.name}.html", context, status=status_of(request))


def by_whom(request: PersonRequest) -> dict[str, Any]:
    """By whom, when, and whether they may."""
    return {
        "allowed": can_keep_knowledge(request.user, request.municipality),
        "by": request.user,
        "now": timezone.now(),
    }


def status_of(request: PersonRequest) -> int:
    return BAD if request.method == "POST" else 200
