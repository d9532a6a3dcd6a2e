"""The examples in docstrings run."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

MODULES = ("cells", "signs", "values", "registry")


@pytest.mark.parametrize("name", [*(f"salescli.render.{name}" for name in MODULES), "salescli.core.quoting"])
def test_examples(name: str) -> None:
    results = doctest.testmod(import_module(name))
    assert results.attempted and not results.failed
