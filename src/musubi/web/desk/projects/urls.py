"""The addresses of this slice, included by the desk's urls."""

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("", views.projects, name="projects"),
    path("new/", views.project_new, name="project_new"),
    path("<int:pk>/edit/", views.project_edit, name="project_edit"),
]
