from django.apps import AppConfig


class Config(AppConfig):
    name = "musubi.demo"
    label = "demo"
