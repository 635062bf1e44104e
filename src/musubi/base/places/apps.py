from django.apps import AppConfig


class Config(AppConfig):
    name = "musubi.base.places"
    label = "places"
