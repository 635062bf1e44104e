"""The gallery; mounted under /dev/components/ in the demonstration only."""

from django.urls import path

from . import views

app_name = "design"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("confirm/", views.confirm, name="confirm"),
]
