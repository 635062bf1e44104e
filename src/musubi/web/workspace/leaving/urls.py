"""Taking one's own along, and leaving."""

from django.urls import path

from . import views

urlpatterns = [
    path("take-out/", views.take_out, name="take_out"),
    path("take-out/actors/<int:pk>/", views.actor_take_out, name="actor_take_out"),
    path("account/", views.account_delete, name="account_delete"),
    path("actors/<int:pk>/", views.actor_delete, name="actor_delete"),
    path("goodbye/", views.goodbye, name="goodbye"),
]
