from django.apps import AppConfig


class Config(AppConfig):
    name = "musubi.base.knowledge"
    label = "knowledge"
