"""The application that the server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "musubi.config.settings")
application = get_wsgi_application()
# What starting has made lives as long as the process: looking through it again and again would cost some request 80 ms.
gc.collect()
gc.freeze()
