from django.urls import path

from . import views

urlpatterns = [
    path("", views.stories, name="stories"),
    path("begin/<int:pk>/", views.story_begin, name="story_begin"),
    path("<int:pk>/", views.story_edit, name="story_edit"),
    path("<int:pk>/write/<slug:slug>/", views.story_step, name="story_step"),
    path("<int:pk>/pictures/", views.story_pictures, name="story_pictures"),
    path("<int:pk>/pictures/news/<int:picture>/", views.story_picture_use, name="story_picture_use"),
    path("pictures/<int:pk>/", views.story_picture_edit, name="story_picture_edit"),
    path("pictures/<int:pk>/remove/", views.story_picture_remove, name="story_picture_remove"),
    path("<int:pk>/ask/", views.story_ask, name="story_ask"),
    path("<int:pk>/publish/", views.story_publish, name="story_publish"),
    path("<int:pk>/rewrite/", views.story_rewrite, name="story_rewrite"),
    path("<int:pk>/unpublish/", views.story_unpublish, name="story_unpublish"),
    path("<int:pk>/repeat/", views.story_repeat, name="story_repeat"),
    path("consents/<int:pk>/", views.consent, name="consent"),
    path("consents/<int:pk>/withdraw/", views.consent_withdraw, name="consent_withdraw"),
]
