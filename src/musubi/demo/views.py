"""Pages that exist only in the demonstration: be somebody with one press, read everybody's mail."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from musubi.base.notify.queries import stored_mail
from musubi.base.places.queries import has_real_town
from musubi.web.design.paging import page_of

from .queries import personas


def _only_in_the_demonstration() -> None:
    """The URLs are not even mounted in production; and beside a real town there is no demonstration."""
    if not settings.DEMONSTRATION or has_real_town():
        raise Http404


@login_not_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    _only_in_the_demonstration()
    return render(request, "demo/people.html", {"personas": personas(), "next": request.GET.get("next", "")})


@login_not_required
@require_POST
def become(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign in as one of the demonstration's people; nobody else can be reached from here."""
    _only_in_the_demonstration()
    persona = get_object_or_404(personas(), pk=pk)
    login(request, persona.user, backend="django.contrib.auth.backends.ModelBackend")
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        return redirect(target)
    return redirect("workspace:welcome")


@login_not_required
@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    _only_in_the_demonstration()
    return render(request, "demo/mail.html", {"page": page_of(stored_mail(), request.GET, per_page=20)})
