"""The profiles that ship with the program: every entry reads a file of its own columns, and none takes another's."""

from __future__ import annotations

from pathlib import Path

import pytest

from salescli.core.records.profile import FileProfile, Profile
from salescli.importers.reading import read_files
from salescli.importers.result import ReadOptions
from salescli.policy.imports import read_profile
from tests.unit.importers.files import csv_text, names, registry

FOLDER = Path(__file__).parents[3] / "config" / "imports"


def shipped(name: str) -> Profile:
    profile, problems = read_profile(FOLDER / f"{name}.yaml", registry())
    assert profile is not None and not problems
    return profile


ENTRIES = [
    pytest.param(name, entry, id=f"{name} {entry.match}")
    for name in ("zoho", "salesforce", "fxiaoke")
    for entry in shipped(name).files
]


@pytest.mark.parametrize(("name", "entry"), ENTRIES)
def test_columns_of_an_entry_are_its_fields(name: str, entry: FileProfile, tmp_path: Path) -> None:
    """One header for each field: the others are names of the same from other exports."""
    headers = {field: header for header, field in reversed(entry.columns.items())}
    path = tmp_path / f"{entry.match.strip('*')}.csv"
    path.write_text(csv_text([[*headers.values(), *entry.ignore]]), encoding="utf-8")
    (sheet,) = read_files([path], ReadOptions(profile=Profile(name, (entry,))), registry()).sheets
    assert sheet.report.type == entry.type
    assert names(sheet.blocking) == ["no-rows"]
    assert set(headers) <= sheet.report.mapped.keys() | {"first_name", "last_name"}
    assert not {"columns-unmapped", "column-proposed"} & set(names(sheet.notes))


@pytest.mark.parametrize(
    ("name", "file", "expected"),
    [
        ("zoho", "Potentials.csv", "deal"),
        ("zoho", "Deals_001.csv", "deal"),
        ("zoho", "Accounts.csv", "customer"),
        ("zoho", "Contacts_001.csv", "contact"),
        ("zoho", "Leads.csv", "lead"),
        ("zoho", "Campaigns.csv", "campaign"),
        ("zoho", "Cases.csv", "complaint"),
        ("zoho", "Calls_001.csv", "activity"),
        ("zoho", "Quotes_001.csv", "quote"),
        ("zoho", "Invoices_001.csv", "invoice"),
        ("zoho", "Users.csv", "person"),
        ("salesforce", "Opportunities 2026.xlsx", "deal"),
        ("salesforce", "report-cases.csv", "complaint"),
        ("salesforce", "Activities.csv", "activity"),
        ("fxiaoke", "客户.xlsx", "customer"),
        ("fxiaoke", "客户联系人.xlsx", "contact"),
        ("fxiaoke", "销售线索.xlsx", "lead"),
        ("fxiaoke", "回款计划.xlsx", "payment-plan"),
        ("fxiaoke", "回款.xlsx", "receipt"),
        ("fxiaoke", "合同回款明细.xlsx", "receipt"),
        ("fxiaoke", "退款.xlsx", "refund"),
        ("fxiaoke", "开票申请.xlsx", "invoice"),
        ("fxiaoke", "合同.xlsx", "contract"),
        ("fxiaoke", "销售订单.xlsx", "contract"),
        ("fxiaoke", "服务工单.xlsx", "complaint"),
        ("fxiaoke", "客户拜访.xlsx", "activity"),
    ],
)
def test_a_file_is_read_as_what_it_is_called(name: str, file: str, expected: str) -> None:
    entry = shipped(name).entry(file)
    assert entry is not None and entry.type == expected
