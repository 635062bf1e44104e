"""「わたしのページ」: what a signed-in person and the members of an actor work with."""

from django.urls import include, path

from .actors import views as actors
from .hidings.urls import urlpatterns as hiding_urls
from .home import views as home
from .issues.urls import urlpatterns as issue_urls
from .listings.urls import urlpatterns as listing_urls
from .members import views as members
from .messages import views as messages

app_name = "workspace"
urlpatterns = [
    path("", home.home, name="home"),
    path("welcome/", home.welcome, name="welcome"),
    path("inbox/", messages.inbox, name="inbox"),
    path("inbox/read/", messages.inbox_read, name="inbox_read"),
    path("inbox/<int:pk>/", messages.message, name="message"),
    path("preferences/", messages.preferences, name="preferences"),
    path("actors/new/", actors.actor_new, name="actor_new"),
    path("actors/<int:pk>/", actors.actor, name="actor"),
    path("actors/<int:pk>/partners/", actors.actor_partners, name="actor_partners"),
    path("actors/<int:pk>/edit/", actors.actor_edit, name="actor_edit"),
    path("actors/<int:pk>/submit/", actors.actor_submit, name="actor_submit"),
    path("actors/<int:pk>/confirm/", actors.actor_confirm, name="actor_confirm"),
    path("actors/<int:pk>/close/", actors.actor_close, name="actor_close"),
    path("actors/<int:pk>/reopen/", actors.actor_reopen, name="actor_reopen"),
    path("actors/<int:pk>/members/", members.members, name="members"),
    path("actors/<int:pk>/members/invite/", members.invite, name="invite"),
    path("members/<int:pk>/role/", members.member_role, name="member_role"),
    path("members/<int:pk>/remove/", members.member_remove, name="member_remove"),
    path("invitations/<str:token>/", members.invitation, name="invitation"),
    path("invitations/<int:pk>/withdraw/", members.invitation_withdraw, name="invitation_withdraw"),
    *listing_urls,
    *issue_urls,
    *hiding_urls,
    path("cases/", include("musubi.web.workspace.cases.urls")),
    path("introductions/", include("musubi.web.workspace.introductions.urls")),
    path("meetings/", include("musubi.web.workspace.meetings.urls")),
    path("agreements/", include("musubi.web.workspace.agreements.urls")),
    path("projects/", include("musubi.web.workspace.projects.urls")),
    path("evaluations/", include("musubi.web.workspace.evaluations.urls")),
    path("stories/", include("musubi.web.workspace.stories.urls")),
    path("leaving/", include("musubi.web.workspace.leaving.urls")),
]
