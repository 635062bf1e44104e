from django.apps import AppConfig


class Config(AppConfig):
    name = "musubi.web.design"
    label = "design"
