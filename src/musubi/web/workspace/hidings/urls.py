from django.urls import path

from . import views

urlpatterns = [
    path("hidings/", views.hidings, name="hidings"),
    path("hidings/<int:pk>/", views.hiding, name="hiding"),
    path("hidings/<int:pk>/answer/", views.hiding_answer, name="hiding_answer"),
]
