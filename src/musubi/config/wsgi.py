"""The application that the server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "musubi.config.settings")
application = get_wsgi_application()

from musubi.base.index.services import settle  # noqa: E402 (when everything is loaded)

settle()
