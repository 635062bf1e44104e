"""What waits in the office, and where citizens may ask."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from musubi.flow.actors import queries, services
from musubi.flow.moderation.enums import HidingState, ReportState
from musubi.flow.moderation.queries import hidings_for, reports_for
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed
from musubi.web.office.door import office_only

from .forms import ContactForm

WAITING_SHOWN = 5


@require_safe
@office_only
def home(request: PersonRequest) -> HttpResponse:
    """Actors to verify, reports, answers of authors: how many, and how long the oldest has waited."""
    town = request.municipality
    actors = queries.actors_waiting_for(request.user, town)
    reports = reports_for(request.user).filter(municipality=town, state=ReportState.OPEN)
    answers = hidings_for(request.user).filter(municipality=town, state=HidingState.ANSWERED)
    mandates = queries.current(queries.mandates_for(request.user).filter(municipality=town))
    oldest_report = reports.order_by("reported_at").values_list("reported_at", flat=True).first()
    oldest_answer = answers.order_by("answered_at").values_list("answered_at", flat=True).first()
    return render(
        request,
        "office/home.html",
        {
            "waiting": actors[:WAITING_SHOWN],
            "actor_count": actors.count(),
            "report_count": reports.count(),
            "oldest_report": oldest_report,
            "answer_count": answers.count(),
            "oldest_answer": oldest_answer,
            "mandate_count": mandates.count(),
        },
    )


@office_only
def contact(request: PersonRequest) -> HttpResponse:
    """Where a citizen may ask, as the pages say it."""
    town = request.municipality
    form = typed(request, ContactForm, initial={"contact": town.contact})
    if request.method == "POST" and form.is_valid():
        services.change_contact(
            municipality=town, contact=form.cleaned_data["contact"], by=request.user, now=timezone.now()
        )
        messages.success(request, _("問い合わせ先を保存しました。"))
        return redirect("office:home")
    return render(request, "office/contact.html", {"form": form})
