"""Answering dates by a link."""

from django.urls import path

from . import views

urlpatterns = [
    path("<str:token>/", views.dates, name="dates"),
    path("<str:token>/<str:key>/", views.dates_own, name="dates_own"),
]
