"""The number of a record has the same names in its own list and wherever another record refers to it."""

from __future__ import annotations

import pytest

from salescli.core.records.number_names import NUMBERS
from salescli.core.records.registry import built_in
from salescli.importers.names import parse_header


@pytest.mark.parametrize(
    ("kind", "header", "field"),
    [
        ("contract", "Contract No", "number"),
        ("receipt", "Contract No.", "contract"),
        ("refund", "Contract No", "contract"),
        ("refund", "Refund No", "number"),
        ("refund", "Receipt No.", "receipt"),
        ("refund", "回款单号", "receipt"),
        ("credit-split", "合同号", "contract"),
        ("receipt", "Employee ID", "owner"),
        ("person-terms", "Employee ID", "person"),
        ("special-rate", "Customer No", "customer"),
        ("deduction", "员工编号", "person"),
    ],
)
def test_a_header_means_the_number(kind: str, header: str, field: str) -> None:
    wanted = parse_header(header).name
    type_ = built_in()[kind]
    found = [
        each.name
        for each in type_.fields
        if wanted in {parse_header(name).name for name in (each.title.zh, each.title.en, *each.aliases)}
    ]
    assert found == [field]


def test_no_name_is_of_two_fields_of_a_type_for_it() -> None:
    added = {parse_header(name).name for names in NUMBERS.values() for name in names}
    for kind in built_in().types:
        seen: dict[str, str] = {}
        for each in kind.fields:
            for name in {parse_header(one).name for one in (each.title.zh, each.title.en, *each.aliases)} & added:
                assert seen.setdefault(name, each.name) == each.name, (kind.name, name, seen[name], each.name)
