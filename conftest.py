"""Test settings: read before Django starts, so that a test run never touches the real `var/`."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest

os.environ.setdefault("TESTES", "1")
if "VAR" not in os.environ:
    os.environ["VAR"] = tempfile.mkdtemp(prefix="act-testes-")
    atexit.register(shutil.rmtree, os.environ["VAR"], ignore_errors=True)
elif "PYTEST_XDIST_WORKER" in os.environ:
    # Workers inherit the folder of the run; each has a room of its own in it (queue, database, files).
    os.environ["VAR"] = str(Path(os.environ["VAR"]) / os.environ["PYTEST_XDIST_WORKER"])


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With CI=true a skipped test is a failure: a green run must mean that everything ran."""
    relator = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "true" and relator and relator.stats.get("skipped") and session.exitstatus == 0:
        relator.write_line("\nCI=true: nothing may be skipped.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
