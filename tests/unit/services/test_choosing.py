"""Which profile holds for a file: the workspace's own by its name, a shipped one only where it is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from salescli.core.records.registry import built_in
from salescli.errors import UsageError
from salescli.services.importing.choosing import choose_profiles

REGISTRY = built_in()


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A workspace's policies, with a profile of its own for receipts."""
    (tmp_path / "imports").mkdir()
    text = 'format: 1\nprofile: own\nfiles: [{match: "{date}回款.xlsx"}]\n'
    (tmp_path / "imports" / "own.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_shipped_profiles_hold_only_where_they_are_named(config: Path) -> None:
    named, own = choose_profiles(config, REGISTRY, ["四月回款.xlsx", "Potentials.csv"])
    assert (named, {path: each.name for path, each in own.items()}) == (None, {"四月回款.xlsx": "own"})
    named, own = choose_profiles(config, REGISTRY, ["四月回款.xlsx", "Potentials.csv"], "zoho")
    assert named is not None and named.name == "zoho"
    assert named.entry_of_file("Potentials.csv") is not None
    assert own == {}, "another profile was named"


def test_equal_patterns_and_unknown_names_stop(config: Path) -> None:
    text = 'format: 1\nprofile: second\nfiles: [{match: "回款{date}.xlsx"}]\n'
    (config / "imports" / "second.yaml").write_text(text, encoding="utf-8")
    for paths, name, expected in ((["四月回款.xlsx"], "", "profiles-tie"), (["a.csv"], "zohoo", "unknown-profile")):
        with pytest.raises(UsageError) as caught:
            choose_profiles(config, REGISTRY, paths, name)
        assert [each.name for each in caught.value.problems] == [expected]
