from django.apps import AppConfig


class Config(AppConfig):
    name = "musubi.flow.stories"
    label = "stories"
