from django.urls import path

from . import views

urlpatterns = [
    path("", views.recipes, name="recipes"),
    path("recipes/new/", views.recipe_new, name="recipe_new"),
    path("recipes/<slug:code>/", views.recipe_edit, name="recipe_edit"),
    path("recipes/<slug:code>/hide/", views.recipe_hide, name="recipe_hide"),
    path("recipes/<slug:code>/restore/", views.recipe_restore, name="recipe_restore"),
    path("recipes/<slug:code>/drop/", views.recipe_drop, name="recipe_drop"),
    path("concepts/", views.concepts, name="concepts"),
    path("concepts/new/", views.concept_new, name="concept_new"),
    path("concepts/<int:pk>/", views.concept_edit, name="concept_edit"),
    path("concepts/<int:pk>/remove/", views.concept_remove, name="concept_remove"),
    path("synonyms/", views.synonyms, name="synonyms"),
    path("synonyms/new/", views.synonym_new, name="synonym_new"),
    path("synonyms/<int:pk>/", views.synonym_edit, name="synonym_edit"),
    path("synonyms/<int:pk>/remove/", views.synonym_remove, name="synonym_remove"),
    path("readings/", views.readings, name="readings"),
    path("readings/new/", views.reading_new, name="reading_new"),
    path("readings/<int:pk>/", views.reading_edit, name="reading_edit"),
    path("readings/<int:pk>/remove/", views.reading_remove, name="reading_remove"),
    path("searches/", views.searches, name="searches"),
    path("searches/accept/", views.search_accept, name="search_accept"),
    path("searches/dismiss/", views.search_dismiss, name="search_dismiss"),
]
