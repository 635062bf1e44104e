"""「コーディネーターの机」: what waits, who fits whom, and what came on paper."""

from django.urls import include, path

from .entry import views as entry
from .home import views as home
from .issues import views as issues
from .listings import views as listings
from .needs import views as needs
from .outreach import views as outreach
from .teams import views as teams

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("needs/<int:pk>/", needs.need, name="need"),
    path("needs/<int:pk>/why-not/", needs.why_not, name="why_not"),
    path("needs/<int:pk>/outreach/", outreach.outreach, name="outreach"),
    path("needs/<int:pk>/outreach/stop/", outreach.outreach_stop, name="outreach_stop"),
    path("teams/<int:pk>/introduce/", teams.introduce_team, name="introduce_team"),
    path("needs/<int:pk>/propose/", needs.propose, name="propose"),
    path("needs/<int:pk>/reserve/", needs.reserve, name="reserve"),
    path("needs/<int:pk>/release/", needs.release, name="release"),
    path("issues/", issues.issues, name="issues"),
    path("unconfirmed/", listings.unconfirmed, name="unconfirmed"),
    path("entry/", entry.entry, name="entry"),
    path("entry/actor/", entry.entry_actor, name="entry_actor"),
    path("entry/<int:pk>/", entry.entry_listing, name="entry_listing"),
    path("cases/", include("musubi.web.desk.cases.urls")),
    path("projects/", include("musubi.web.desk.projects.urls")),
]
