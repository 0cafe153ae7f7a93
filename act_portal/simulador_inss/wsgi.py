import os

from django.core.wsgi import get_wsgi_application

# Set, not defaulted: in a shell where the portal's settings are exported this site must still be itself.
os.environ["DJANGO_SETTINGS_MODULE"] = "act_portal.simulador_inss.settings"

application = get_wsgi_application()
