"""Settings of a test run. pytest-django reads them before any conftest, so this is where the environment is set:
a test never touches the real `var/`."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("TESTES", "1")
if "VAR" not in os.environ:
    os.environ["VAR"] = tempfile.mkdtemp(prefix="act-testes-")
    atexit.register(shutil.rmtree, os.environ["VAR"], ignore_errors=True)
elif "PYTEST_XDIST_WORKER" in os.environ:
    # Workers inherit the folder of the run; each has a room of its own in it (queue, database, files).
    os.environ["VAR"] = str(Path(os.environ["VAR"]) / os.environ["PYTEST_XDIST_WORKER"])

from act_portal.settings import *  # noqa: F403
