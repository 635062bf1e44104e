"""The voices of those concerned."""

from django.urls import path

from . import views

urlpatterns = [
    path("<str:token>/", views.voice, name="voice"),
    path("<str:token>/thanks/", views.voice_thanks, name="voice_thanks"),
]
