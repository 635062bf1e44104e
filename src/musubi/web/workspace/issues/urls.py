from django.urls import path

from . import views

urlpatterns = [
    path("issues/new/", views.issue_new, name="issue_new"),
    path("issues/<int:pk>/edit/", views.issue_edit, name="issue_edit"),
    path("issues/<int:pk>/support/", views.issue_support, name="issue_support"),
    path("issues/<int:pk>/<str:verb>/", views.issue_move, name="issue_move"),
]
