"""Saying by a link that a listing is still true."""

from django.urls import path

from . import views

urlpatterns = [path("<str:token>/", views.still, name="still")]
