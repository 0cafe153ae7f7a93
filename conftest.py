"""Test settings: read before Django starts, so that a test run never touches the real `var/`."""

import os
import tempfile

os.environ.setdefault("TESTES", "1")
os.environ.setdefault("VAR", tempfile.mkdtemp(prefix="act-testes-"))
