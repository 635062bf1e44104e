from django.urls import path

from . import views

urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("reports/<int:pk>/", views.report, name="report"),
    path("reports/<int:pk>/hide/", views.report_hide, name="report_hide"),
    path("reports/<int:pk>/dismiss/", views.report_dismiss, name="report_dismiss"),
    path("hidings/", views.hidings, name="hidings"),
    path("hidings/<int:pk>/", views.hiding, name="hiding"),
    path("hidings/<int:pk>/keep/", views.hiding_keep, name="hiding_keep"),
    path("hidings/<int:pk>/lift/", views.hiding_lift, name="hiding_lift"),
]
