"""Included by the workspace's urls."""

from django.urls import path

from . import views

urlpatterns = [
    path("listings/", views.listings, name="listings"),
    path("listings/new/", views.listing_new, name="listing_new"),
    path("listings/begin/", views.listing_begin, name="listing_begin"),
    path("listings/<int:pk>/", views.listing, name="listing"),
    path("listings/<int:pk>/edit/", views.listing_edit, name="listing_edit"),
    path("listings/<int:pk>/autosave/", views.listing_autosave, name="listing_autosave"),
    path("listings/<int:pk>/publish/", views.listing_publish, name="listing_publish"),
    path("listings/<int:pk>/delete/", views.listing_delete, name="listing_delete"),
    path("listings/<int:pk>/withdraw/", views.listing_withdraw, name="listing_withdraw"),
    path("listings/<int:pk>/fulfil/", views.listing_fulfil, name="listing_fulfil"),
    path("listings/<int:pk>/confirm/", views.listing_confirm, name="listing_confirm"),
    path("listings/<int:pk>/why-not/", views.why_not, name="why_not"),
]
