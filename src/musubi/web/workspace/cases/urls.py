"""The addresses of this slice, included by the workspace's urls."""

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("", views.cases, name="cases"),
    path("<int:pk>/", views.case, name="case"),
    path("<int:pk>/letter/", views.case_letter, name="case_letter"),
    path("<int:pk>/letter/<int:letter_pk>/file/", views.case_file, name="case_file"),
    path("<int:pk>/next/", views.case_next, name="case_next"),
    path("<int:pk>/take/", views.case_take, name="case_take"),
    path("<int:pk>/close/", views.case_close, name="case_close"),
    path("<int:pk>/leave/<int:party_pk>/", views.case_leave, name="case_leave"),
]
