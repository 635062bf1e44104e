from django.urls import path

from . import views

urlpatterns = [
    path("", views.guides, name="guides"),
    path("<slug:code>/", views.guide, name="guide"),
]
