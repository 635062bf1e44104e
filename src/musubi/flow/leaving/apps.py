from django.apps import AppConfig


class Config(AppConfig):
    name = "musubi.flow.leaving"
    label = "leaving"
