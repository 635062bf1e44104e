"""Meetings of a case."""

from django.urls import path

from . import views

urlpatterns = [
    path("new/<int:case_pk>/", views.meeting_new, name="meeting_new"),
    path("<int:pk>/", views.meeting, name="meeting"),
    path("<int:pk>/fix/", views.meeting_fix, name="meeting_fix"),
    path("<int:pk>/more/", views.meeting_more, name="meeting_more"),
    path("<int:pk>/again/", views.meeting_again, name="meeting_again"),
    path("<int:pk>/cancel/", views.meeting_cancel, name="meeting_cancel"),
    path("<int:pk>/record/", views.meeting_record, name="meeting_record"),
    path("<int:pk>/told/", views.meeting_told, name="meeting_told"),
    path("<int:pk>/told/<int:answer_pk>/", views.meeting_told, name="meeting_told_again"),
    path("actions/<int:pk>/done/", views.meeting_action_done, name="meeting_action_done"),
]
