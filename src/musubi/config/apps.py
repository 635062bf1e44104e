from django.apps import AppConfig


class Config(AppConfig):
    name = "musubi.config"
    label = "config"
