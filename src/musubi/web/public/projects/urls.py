"""The addresses of this slice, included by the public's urls."""

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("", views.projects, name="projects"),
    path("<int:pk>/", views.project, name="project"),
    path("pictures/<int:pk>/", views.project_picture, name="project_picture"),
]
