"""What a person was told, and how they wish to be told."""

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from musubi.base.notify.enums import MessageKind
from musubi.base.notify.queries import messages_for, preferences_for
from musubi.base.notify.services import mark_all_read, mark_read, set_preferences
from musubi.flow.actors.queries import standing_of
from musubi.flow.actors.services import rename_person
from musubi.web.design.paging import page_of
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed

from .forms import NameForm, PreferencesForm

FOR_THE_OFFICE = {MessageKind.ACTOR_SUBMITTED, MessageKind.REPORT_RECEIVED, MessageKind.HIDING_ANSWERED}
FOR_STAFF = {MessageKind.NEW_NEED}


@require_safe
def inbox(request: PersonRequest) -> HttpResponse:
    """Everything this person was told, newest first."""
    return render(
        request, "workspace/messages/inbox.html", {"page": page_of(messages_for(request.user), request.GET)}
    )


@require_safe
def message(request: PersonRequest, pk: int) -> HttpResponse:
    """One message; to open it is to have read it."""
    row = get_object_or_404(messages_for(request.user), pk=pk)
    mark_read(message=row, by=request.user, now=timezone.now())
    return render(request, "workspace/messages/message.html", {"message": row})


@require_POST
def inbox_read(request: PersonRequest) -> HttpResponse:
    """Everything in the list counts as read."""
    mark_all_read(by=request.user, now=timezone.now())
    return redirect("workspace:inbox")


def preferences(request: PersonRequest) -> HttpResponse:
    """Which messages also come by mail, the own name, and the ways to sign in."""
    standing = standing_of(request.user)
    aside = (set() if standing.office_in else FOR_THE_OFFICE) | (set() if standing.staff_in else FOR_STAFF)
    choices = [choice for choice in preferences_for(request.user) if choice.kind not in aside]
    renaming = request.method == "POST" and "name" in request.POST
    form = (
        typed(request, PreferencesForm, choices=choices) if not renaming else PreferencesForm(choices=choices)
    )
    name_form = NameForm(request.POST if renaming else None, initial={"name": request.user.name})
    if renaming and name_form.is_valid():
        rename_person(name=name_form.cleaned_data["name"], by=request.user, now=timezone.now())
        flash.success(request, _("お名前を変えました。"))
        return redirect("workspace:preferences")
    if request.method == "POST" and not renaming and form.is_valid():
        set_preferences(by=request.user, email=form.wishes)
        flash.success(request, _("受け取り方を保存しました。"))
        return redirect("workspace:preferences")
    always = [choice.label for choice in choices if choice.mandatory]
    context = {"form": form, "name_form": name_form, "always": always}
    return render(request, "workspace/messages/preferences.html", context)
