"""The addresses of the board, included by the desk's urls."""

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("", views.cases, name="cases"),
    path("open/<int:pk>/", views.case_open, name="case_open"),
    path("introduce/<int:need_pk>/<int:offer_pk>/", views.introduce, name="introduce"),
]
