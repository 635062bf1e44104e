"""Every address. What visitors read stands at the top, the rest by audience."""

from django.conf import settings
from django.urls import include, path

handler403 = "musubi.config.errors.forbidden"

urlpatterns = [
    path("", include("musubi.web.public.urls")),
    path("workspace/", include("musubi.web.workspace.urls")),
    path("desk/", include("musubi.web.desk.urls")),
    path("office/", include("musubi.web.office.urls")),
    path("accounts/", include("allauth.urls")),
]
if settings.DEMONSTRATION:
    urlpatterns += [
        path("dev/", include("musubi.demo.urls")),
        path("dev/components/", include("musubi.web.design.urls")),
    ]
