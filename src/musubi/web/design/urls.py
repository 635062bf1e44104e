"""The gallery and what every page needs of its looks."""

from django.urls import path

from . import views

app_name = "design"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("confirm/", views.confirm, name="confirm"),
    path("look/", views.look, name="look"),
    path("furigana/", views.furigana, name="furigana"),
    path("accent.css", views.accent, name="accent"),
]
