"""The addresses of this slice, included by the workspace's urls."""

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("", views.introductions, name="introductions"),
    path("<int:pk>/", views.introduction, name="introduction"),
    path("<int:pk>/reply/<str:side>/", views.introduction_reply, name="introduction_reply"),
    path("<int:pk>/letter/", views.introduction_letter, name="introduction_letter"),
    path("<int:pk>/letter/<int:letter_pk>/file/", views.introduction_file, name="introduction_file"),
    path("<int:pk>/reopen/", views.introduction_reopen, name="introduction_reopen"),
    path("<int:pk>/withdraw/", views.introduction_withdraw, name="introduction_withdraw"),
    path("ask/<int:pk>/", views.ask, name="ask"),
]
