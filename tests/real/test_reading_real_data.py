"""Real files: the sums that are known of them, read without a profile."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from salescli.core.money import from_e4
from salescli.core.records.kinds import DateOrder
from salescli.core.records.staged import Staged
from salescli.importers.reading import read_files
from salescli.importers.result import ReadOptions
from tests.unit.importers.files import names, registry

PLAIN = ReadOptions()


def blocks(*paths: Path, options: ReadOptions = PLAIN) -> dict[str, Staged]:
    found = read_files(paths, options, registry())
    assert (names(found.blocking), names(found.decisions), names(found.problems)) == ([], [], [])
    return {each.type.name: each for each in found.staged}


def test_maven_files_are_recognised(real_data: Path) -> None:
    folder = real_data / "maven-crm"
    found = blocks(*(folder / f"{name}.csv" for name in ("accounts", "products", "sales_pipeline", "sales_teams")))
    assert {name: len(each) for name, each in found.items()} == {
        "customer": 85,
        "product": 7,
        "deal": 8800,
        "person": 35,
    }
    deals = found["deal"].columns
    won = [amount for amount, stage in zip(deals["amount"], deals["stage"], strict=True) if stage == "Won"]
    assert (len(won), sum(won)) == (4238, 10_005_534 * 10_000)


@pytest.mark.parametrize(("order", "is_same"), [("dmy", True), ("ymd", False)])
def test_dates_of_the_variant(real_data: Path, order: DateOrder, is_same: bool) -> None:
    folder = real_data / "maven-crm"
    first = blocks(folder / "sales_pipeline.csv")["deal"].columns
    second = blocks(folder / "variants" / "dates_ddmmyy.csv", options=ReadOptions(date_order=order))["deal"].columns
    assert (first == second) is is_same


def test_dates_of_the_variant_are_proposed_and_right(real_data: Path) -> None:
    """20-10-16 could be 2020: of four readings one alone closes no deal before it was created."""
    folder, today = real_data / "maven-crm", date(2018, 1, 31)
    variant = folder / "variants" / "dates_ddmmyy.csv"
    found = read_files([variant], ReadOptions(today=today), registry())
    assert names(found.decisions) == ["date-order-proposed"]
    assert found.staged == []
    clean = blocks(folder / "sales_pipeline.csv")["deal"].columns
    assert blocks(variant, options=ReadOptions(accept_dates=True, today=today))["deal"].columns == clean


def test_superstore_to_the_last_digit(real_data: Path) -> None:
    found = read_files([real_data / "superstore-zh" / "示例 - 超市.xls"], ReadOptions(), registry())
    by_type = {each.type.name: each for each in found.staged}
    lines = by_type["order-line"].columns
    assert str(from_e4(sum(lines["amount"]))) == "16117548.2370"
    regions: dict[str, int] = {}
    for region, amount in zip(lines["region"], lines["amount"], strict=True):
        regions[region] = regions.get(region, 0) + amount
    assert regions["华东"] == 46_924_649_940
    assert (
        dict(zip(by_type["person"].columns["region"], by_type["person"].columns["name"], strict=True))["华东"] == "洪光"
    )
    assert names(found.notes) == ["sheet-not-recognised"]
    assert found.blocking == []
