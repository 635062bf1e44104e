"""The addresses of this slice, included by the public's urls."""

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("<str:token>/", views.reply_link, name="reply_link"),
]
