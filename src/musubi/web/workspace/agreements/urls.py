"""The addresses of agreements: by their case, and version by version."""

from django.urls import path

from . import views

urlpatterns = [
    path("<int:pk>/", views.agreement, name="agreement"),
    path("<int:pk>/begin/", views.agreement_begin, name="agreement_begin"),
    path("<int:pk>/revise/", views.agreement_revise, name="agreement_revise"),
    path("versions/<int:pk>/", views.agreement_version, name="agreement_version"),
    path("versions/<int:pk>/print/", views.agreement_print, name="agreement_print"),
    path("versions/<int:pk>/pdf/", views.agreement_pdf, name="agreement_pdf"),
    path("versions/<int:pk>/edit/", views.agreement_edit, name="agreement_edit"),
    path("versions/<int:pk>/propose/", views.agreement_propose, name="agreement_propose"),
    path("versions/<int:pk>/confirm/", views.agreement_confirm, name="agreement_confirm"),
    path("versions/<int:pk>/confirm/<int:actor>/", views.agreement_confirm_for, name="agreement_confirm_for"),
]
