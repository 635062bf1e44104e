"""The addresses of this slice, included by the workspace's urls."""

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("", views.projects, name="projects"),
    path("start/<int:case_pk>/", views.project_start, name="project_start"),
    path("<int:pk>/", views.project, name="project"),
    path("<int:pk>/begin/", views.project_begin, name="project_begin"),
    path("<int:pk>/achieve/", views.project_achieve, name="project_achieve"),
    path("<int:pk>/stop/", views.project_stop, name="project_stop"),
    path("<int:pk>/dates/", views.project_dates, name="project_dates"),
    path("<int:pk>/review/", views.project_review, name="project_review"),
    path("<int:pk>/partners/new/", views.project_partner_new, name="project_partner_new"),
    path("partners/<int:pk>/role/", views.project_partner_role, name="project_partner_role"),
    path("partners/<int:pk>/leave/", views.project_partner_leave, name="project_partner_leave"),
    path("<int:pk>/tasks/new/", views.project_task_new, name="project_task_new"),
    path("tasks/<int:pk>/<str:verb>/", views.project_task_move, name="project_task_move"),
    path("<int:pk>/updates/new/", views.project_update_new, name="project_update_new"),
    path("updates/<int:pk>/remove/", views.project_update_remove, name="project_update_remove"),
    path("used/<int:pk>/<str:verb>/", views.project_used, name="project_used"),
]
