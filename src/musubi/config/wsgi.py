"""The application that the server runs."""

import os

from django.core.wsgi import get_wsgi_application

from musubi_engine.settling import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "musubi.config.settings")
application = get_wsgi_application()
settle()
