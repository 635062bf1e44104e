"""The first page after signing in, and registering in a town."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from musubi.flow.actors.enums import MembershipRole
from musubi.flow.actors.permissions import can_create_actor
from musubi.flow.actors.queries import own_actors_for, standing_of
from musubi.flow.actors.services import register_person
from musubi.flow.listings.queries import own_listings_for
from musubi.web.design.paging import page_of
from musubi.web.design.requests import PersonRequest, safe_next
from musubi.web.design.typed import typed
from musubi.web.workspace.registered import registered_here

from .forms import WelcomeForm
from .steps import steps_for

ACTORS_SHOWN = 100


@require_safe
@registered_here
def home(request: PersonRequest) -> HttpResponse:
    """The own actors and listings, and what waits for this person."""
    standing = standing_of(request.user)
    actors = own_actors_for(request.user)[:ACTORS_SHOWN]
    listings = own_listings_for(request.user).order_by("-updated_at", "-pk")
    return render(
        request,
        "workspace/home.html",
        {
            "actors": [(actor, MembershipRole(standing.roles[actor.pk]).label) for actor in actors],
            "page": page_of(listings, request.GET, per_page=10),
            "steps": steps_for(request.user, timezone.now(), timezone.localdate()),
            "may_create": can_create_actor(request.user, request.municipality),
            "may_post": bool(standing.edits),
        },
    )


def welcome(request: PersonRequest) -> HttpResponse:
    """Registers the person in this town, then leads on to where they wanted to go."""
    if request.municipality is None:
        return redirect("public:home")
    target = safe_next(request) or _first_page(request)
    if request.municipality.pk in standing_of(request.user).reads_in:
        return redirect(target)
    form = typed(request, WelcomeForm, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        register_person(municipality=request.municipality, name=name, by=request.user, now=timezone.now())
        return redirect(target)
    return render(request, "workspace/welcome.html", {"form": form, "next": target})


def _first_page(request: PersonRequest) -> str:
    """Where somebody's work lies in this town."""
    standing, town = standing_of(request.user), request.municipality.pk
    if town in standing.office_in:
        return reverse("office:home")
    return reverse("desk:home" if town in standing.coordinates_in else "workspace:home")
