"""「市の事務」: what the municipality's office works with."""

from django.urls import include, path

from .actors import views as actors
from .audit import views as audit
from .credentials import views as credentials
from .home import views as home
from .mandates import views as mandates
from .reports.urls import urlpatterns as report_urls

app_name = "office"
urlpatterns = [
    path("", home.home, name="home"),
    path("contact/", home.contact, name="contact"),
    path("actors/", actors.actors, name="actors"),
    path("actors/new/", actors.actor_new, name="actor_new"),
    path("actors/<int:pk>/", actors.actor, name="actor"),
    path("actors/submit/", actors.actors_submit, name="actors_submit"),
    path("actors/<int:pk>/submit/", actors.actor_submit, name="actor_submit"),
    path("actors/<int:pk>/verify/", actors.actor_verify, name="actor_verify"),
    path("actors/<int:pk>/return/", actors.actor_return, name="actor_return"),
    path("actors/<int:pk>/unverify/", actors.actor_unverify, name="actor_unverify"),
    path("actors/<int:pk>/close/", actors.actor_close, name="actor_close"),
    path("actors/<int:pk>/reopen/", actors.actor_reopen, name="actor_reopen"),
    path("actors/<int:pk>/credentials/new/", credentials.credential_new, name="credential_new"),
    path("credentials/<int:pk>/revoke/", credentials.credential_revoke, name="credential_revoke"),
    path("mandates/", mandates.mandates, name="mandates"),
    path("mandates/new/", mandates.mandate_new, name="mandate_new"),
    path("mandates/<int:pk>/end/", mandates.mandate_end, name="mandate_end"),
    path("audit/", audit.audit, name="audit"),
    *report_urls,
    path("knowledge/", include("musubi.web.office.knowledge.urls")),
    path("consents/", include("musubi.web.office.consents.urls")),
]
