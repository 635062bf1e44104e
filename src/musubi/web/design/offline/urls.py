"""The worker stands at the root: it reaches what lies below its own address."""

from django.urls import path

from . import views

app_name = "offline"
urlpatterns = [
    path("service-worker.js", views.worker, name="worker"),
    path("offline/", views.page, name="page"),
    path("kept/", views.kept, name="kept"),
]
