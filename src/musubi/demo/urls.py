from django.urls import path

from . import views

app_name = "demo"
urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/<int:pk>/", views.become, name="become"),
    path("mail/", views.mail, name="mail"),
]
