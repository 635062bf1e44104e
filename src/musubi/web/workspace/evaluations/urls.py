"""Looking back."""

from django.urls import path

from . import views, voices

urlpatterns = [
    path("new/<int:pk>/", views.evaluation_open, name="evaluation_open"),
    path("<int:pk>/", views.evaluation, name="evaluation"),
    path("<int:pk>/figures/", views.figures, name="evaluation_figures"),
    path("<int:pk>/partners/<int:partner_pk>/", views.review, name="review"),
    path("<int:pk>/close/", views.evaluation_close, name="evaluation_close"),
    path("<int:pk>/reopen/", views.evaluation_reopen, name="evaluation_reopen"),
    path("<int:pk>/voices/", voices.voices, name="voices"),
    path("<int:pk>/voices/new/", voices.voice_enter, name="voice_enter"),
    path("<int:pk>/voices/print/", voices.voices_print, name="voices_print"),
]
