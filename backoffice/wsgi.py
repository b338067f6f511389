"""The WSGI entry: `gunicorn backoffice.wsgi`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backoffice.settings")
application = get_wsgi_application()
# What is loaded by now stays: the garbage collector need not look through it with every request.
gc.freeze()
