#!/usr/bin/env python
import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "act_portal.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as erro:
        # Whoever sets the portal up needs the sentence, not the stack.
        sys.exit(f"Configuração: {erro}")
