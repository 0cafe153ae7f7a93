import os

from django.core.wsgi import get_wsgi_application
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "act_portal.settings")

application = get_wsgi_application()
# Finding one address reads them all: here, before gunicorn makes its processes, and not while somebody waits.
reverse("telas:inicio")
