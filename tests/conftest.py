"""What every test stands on: a fixed day, time zone, language and width; Hypothesis profiles; the real data sets."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

FIXED = {"TZ": "Asia/Shanghai", "SALESCLI_TODAY": "2026-03-31", "COLUMNS": "100", "LC_ALL": "C.UTF-8"}
UNSET = ("SALESCLI_LANG", "SALESCLI_DEBUG", "NO_COLOR", "PYTHONIOENCODING", "LANG", "LANGUAGE")

os.environ.update(FIXED)
for _name in UNSET:
    os.environ.pop(_name, None)
if hasattr(time, "tzset"):
    time.tzset()

# Never a deadline: two cores under load prove nothing about speed. The runs of `ci` are the same every time.
_slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("ci", max_examples=50, deadline=None, derandomize=True, suppress_health_check=_slow)
settings.register_profile("dev", max_examples=100, deadline=None, suppress_health_check=_slow)
settings.register_profile("laws", max_examples=3000, deadline=None, suppress_health_check=_slow)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real data sets; tests on them are skipped where it is absent."""
    name = os.environ.get("SALESCLI_REAL_DATA", "")
    if not name:
        pytest.skip("SALESCLI_REAL_DATA is not set: no real data sets here")
    folder = Path(name)
    if not folder.is_dir():
        pytest.skip(f"SALESCLI_REAL_DATA names no folder: {name}")
    return folder
