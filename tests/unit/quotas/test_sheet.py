"""Targets as a sheet that goes out, is edited, and comes back; forms; what is submitted beside the targets."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from salescli.errors import Refused, UsageError
from salescli.services.context import open_context
from salescli.services.importing.files import import_files
from salescli.services.importing.request import build_request
from salescli.services.quota.sheet import build_quota_sheet
from salescli.services.quota.submissions import show_submissions
from salescli.services.record.templating import build_template_file
from salescli.services.workspace import create_workspace
from salescli.store.batches import begin_batch, latest_batch
from salescli.store.edits import edit_record
from salescli.store.state import dump_state, fetch_images
from salescli.store.versions import undo_batch
from tests.unit.store_support import load

DAY = date(2026, 4, 5)
MONTHS = [f"2026-{month:02d}" for month in range(1, 13)]


@pytest.fixture
def context(tmp_path):
    place = create_workspace(tmp_path / "w", "华辰", "CNY", "zh")
    with open_context(place, today=DAY, create=True) as opened:
        load(opened.store, "team", [{"name": "一部"}, {"name": "二部"}])
        load(
            opened.store,
            "person",
            [{"number": "01", "name": "李娜"}, {"number": "02", "name": "李娜"}, {"number": "03", "name": "王芳"}],
        )
        rows = []
        for month in MONTHS:
            rows += [
                {"metric": "receipts-net", "month": month, "amount": 100},
                {"metric": "receipts-net", "month": month, "amount": 60, "team": "一部"},
                {"metric": "receipts-net", "month": month, "amount": "30.25", "team": "一部", "person": "01"},
                {"metric": "receipts-net", "month": month, "amount": 20, "team": "一部", "person": "02"},
                {"metric": "receipts-net", "month": month, "amount": 5, "team": "一部", "seat": "S1"},
                {"metric": "receipts-net", "month": month, "amount": 3, "team": "一部", "seat": "ramp-gap"},
                {"metric": "receipts-net", "month": month, "amount": 2, "team": "一部", "seat": "nobody"},
                {
                    "metric": "receipts-net",
                    "month": month,
                    "amount": 33,
                    "team": "一部",
                    "person": "01",
                    "level": "stretch",
                },
            ]
        load(opened.store, "target", rows)
        load(
            opened.store,
            "target",
            [
                {"metric": "receipts-net", "month": month, "amount": 40, "team": "一部", "person": "01",
                 "effective_from": "2026-07"}
                for month in MONTHS[6:]
            ],
        )  # fmt: skip
        yield opened


def year(context):
    return context.parse_period("2026")


def written(context, path, form="xlsx", edits=()):
    """Write the sheet, set (holder's number or word, version, month) to values, and return its path."""
    content = build_quota_sheet(context, year(context), form=form)
    if edits:
        book = load_workbook(io.BytesIO(content))
        page = book.active
        head = next(number for number in range(1, 9) if page.cell(number, 1).value in ("指标", "Metric"))
        places = {cell.value: cell.column for cell in page[head]}
        for who, since, month, value in edits:
            row = next(
                number
                for number in range(head + 1, page.max_row + 1)
                if who in (page.cell(number, 4).value, page.cell(number, 5).value)
                and (page.cell(number, 7).value or "") == since
                and page.cell(number, 2).value != "冲刺"
            )
            page.cell(row, places[month]).value = value
        buffer = io.BytesIO()
        book.save(buffer)
        content = buffer.getvalue()
    path.write_bytes(content)
    return path


def imported(context, path, **said):
    return import_files(context, build_request(context, [str(path)], **said))


def counts(outcome):
    result = outcome.results[0]
    return result.new, result.changed, result.unchanged, sum(sheet.ended for sheet in outcome.sheets)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_unchanged_sheet_changes_nothing(context, tmp_path, form, language):
    context.language = language
    before = dump_state(context.store)
    path = written(context, tmp_path / f"quotas.{form}", form)
    outcome = imported(context, path)
    assert outcome.problems == []
    assert outcome.batch is None
    assert counts(outcome) == (0, 0, 12 * 8, 0)
    assert dump_state(context.store) == before
    assert all(sheet.reading.report.is_accounted for sheet in outcome.sheets)


def test_one_cell_is_one_target_with_its_cell(context, tmp_path):
    path = written(context, tmp_path / "quotas.xlsx", edits=[("02", "", "2026-05", "2.5万")])
    outcome = imported(context, path)
    assert counts(outcome) == (0, 1, 95, 0)
    (cell,) = outcome.results[0].cells
    assert (cell.before, cell.after) == (200_000, 250_000_000)
    page = load_workbook(path).active
    assert page[f"{cell.letters}{cell.row}"].value == "2.5万"
    assert counts(imported(context, path)) == (0, 0, 96, 0)
    undo_batch(context.store, outcome.batch)
    assert counts(imported(context, path, dry_run=True)) == (0, 1, 95, 0)


def test_blank_zero_and_removed_are_three_things(context, tmp_path):
    edits = [
        ("02", "", "2026-01", None),
        ("02", "", "2026-02", 0),
        ("02", "", "2026-03", "-"),
        ("公司", "", "2026-03", "删除"),
    ]
    outcome = imported(context, written(context, tmp_path / "quotas.xlsx", edits=edits))
    report = outcome.sheets[0].reading.report
    assert counts(outcome) == (0, 1, 92, 2)
    assert (report.zero_figures, report.ended_figures) == (1, 2)
    assert report.is_accounted
    left = {
        (image["month"], image["amount"])
        for image in fetch_images(context.store, context.store.registry["target"]).values()
        if image["person"] and image["amount"] in (200_000, 0)
    }
    assert {("2026-01", 200_000), ("2026-02", 0)} <= left
    assert ("2026-03", 200_000) not in left


def test_versions_and_levels_survive(context, tmp_path):
    edits = [("01", "2026-07", "2026-08", 41), ("01", "2026-07", "2026-09", "remove")]
    outcome = imported(context, written(context, tmp_path / "quotas.xlsx", edits=edits))
    assert counts(outcome) == (0, 1, 94, 1)
    images = fetch_images(context.store, context.store.registry["target"]).values()
    found = {image["month"]: image for image in images if image["effective_from"] == "2026-07"}
    assert found["2026-08"]["amount"] == 410_000
    assert found["2026-09"]["withdrawn"] == 1, "the version before it must not hold again"
    again = imported(context, written(context, tmp_path / "quotas.xlsx"))
    assert counts(again)[:2] == (0, 0)
    assert again.batch is None


def test_a_sheet_that_was_overtaken(context, tmp_path):
    """What nobody edited in it says nothing, and what both changed is kept as it is and listed."""
    path = written(context, tmp_path / "quotas.xlsx", edits=[("02", "", "2026-05", 25), ("02", "", "2026-06", 26)])
    key = max(
        entity
        for entity, image in fetch_images(context.store, context.store.registry["target"]).items()
        if image["month"] == "2026-05" and image["amount"] == 200_000
    )
    with context.store.transaction():
        batch = begin_batch(context.store, "edit", "by hand")
        edit_record(context.store, batch, context.store.registry["target"], key, {"amount": 220_000})
    company = [{"metric": "receipts-net", "month": "2026-01", "amount": 101}]
    load(context.store, "target", company, feed="later")
    outcome = imported(context, path)
    assert counts(outcome) == (0, 1, 95, 0)
    assert [(one.name, one.values["file_value"]) for one in outcome.notes if one.name == "edited-since"] == [
        ("edited-since", Decimal(25))
    ]
    amounts = {
        (image["month"], image["person"], image["team"]): image["amount"]
        for image in fetch_images(context.store, context.store.registry["target"]).values()
    }
    assert amounts["2026-01", None, None] == 1_010_000
    taken = imported(context, path, prefer_file=True)
    assert counts(taken) == (0, 1, 95, 0)


def test_rejected_figures_come_back(context, tmp_path):
    from salescli.services.importing.rejecting import write_rejects

    path = written(context, tmp_path / "quotas.xlsx", edits=[("02", "", "2026-05", "2O"), ("02", "", "2026-06", 26)])
    outcome = imported(context, path)
    assert counts(outcome) == (0, 1, 94, 0)
    (rejects,) = write_rejects(context, outcome)
    book = load_workbook(rejects)
    page = book.active
    row = next(number for number in range(1, 9) if "2O" in [cell.value for cell in page[number]])
    assert page.max_row == row, "a row stands once, whatever is wrong in it"
    next(cell for cell in page[row] if cell.value == "2O").value = 20
    book.save(rejects)
    assert counts(imported(context, rejects))[:2] == (0, 0)


def test_metrics_are_known_by_their_titles(context, tmp_path):
    title = context.catalogue.get("receipts-net").title.zh
    path = tmp_path / "目标2026.csv"
    path.write_text(f"指标,姓名,工号,1月,合计\n{title},王芳,03,9,9\n没有的指标,王芳,03,8,8\n", encoding="utf-8")
    outcome = imported(context, path)
    assert counts(outcome)[0] == 2
    assert [one.values["text"] for one in outcome.notes if one.name == "metric-not-known"] == ["没有的指标"]
    metrics = {image["metric"] for image in fetch_images(context.store, context.store.registry["target"]).values()}
    assert metrics == {"receipts-net", "没有的指标"}


def test_the_year_and_the_metric_as_options(context, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("工号,1月,2月\n03,9,8\n", encoding="utf-8")
    said = {"as_type": "target", "roster_month": "2027", "constants": ["metric=receipts-net"]}
    assert counts(imported(context, path, **said))[0] == 2
    with pytest.raises(UsageError):
        build_request(context, [str(path)], roster_month="27", as_type="target")


@pytest.mark.parametrize("name", ["target", "submission"])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_forms_are_wide_and_know_the_people(context, tmp_path, name, form):
    load(
        context.store,
        "assignment",
        [
            {"person": "03", "team": "二部", "from": "2024-01-01"},
            {"person": "01", "team": "一部", "from": "2024-01-01"},
        ],
    )
    content, _ = build_template_file(context, name, form)
    path = tmp_path / f"form.{form}"
    if form == "csv":
        text = content.decode("utf-8-sig")
        assert "2027-01" in text, "2026 has its targets"
        filled = "\r\n".join(line + "55" if ",03," in line else line for line in text.split("\r\n"))
        path.write_text(filled, encoding="utf-8")
    else:
        book = load_workbook(io.BytesIO(content))
        page = book.active
        row = next(number for number in range(1, 20) if page.cell(number, 4).value == "03")
        page.cell(row, next(cell.column for cell in page[3] if cell.value == "2027-12")).value = 55
        book.save(path)
    outcome = imported(context, path)
    assert counts(outcome) == (1, 0, 0, 0)
    (found,) = (
        image
        for image in fetch_images(context.store, context.store.registry[name]).values()
        if image["period" if name == "submission" else "month"] == "2027-12"
    )
    assert (found["metric"], found["amount"]) == ("receipts-net", 550_000)


def test_submissions_stand_beside_and_are_never_mixed_in(context):
    before = dump_state(context.store)["target"]
    with pytest.raises(Refused):
        show_submissions(context, year(context))
    load(
        context.store,
        "submission",
        [
            {"metric": "receipts-net", "person": "01", "period": "2026-Q1", "amount": 99},
            {"metric": "receipts-net", "team": "二部", "period": "2026", "amount": 7},
            {"metric": "receipts-net", "person": "02", "period": "2025-Q1", "amount": 1},
        ],
    )
    report = show_submissions(context, year(context))
    rows = {(str(row[0].en), row[1], row[2]): row for row in report.blocks[0].rows}
    keys = [column.key for column in report.blocks[0].columns]
    one = dict(zip(keys, rows["Person", "李娜", "01"], strict=True))
    assert (one["months"], one["beside"], one["submitted"], one["gap"]) == (
        3, Decimal("90.75"), Decimal(99), Decimal("8.25"),
    )  # fmt: skip
    missing = dict(zip(keys, rows["Person", "李娜", "02"], strict=True))
    assert (missing["target"], missing["submitted"], missing["gap"]) == (Decimal(240), None, None)
    team = dict(zip(keys, rows["Team", "一部", ""], strict=True))
    assert (team["submitted"], team["gap"], team["lacking"]) == (Decimal(99), None, 2)
    own = dict(zip(keys, rows["Team", "二部", ""], strict=True))
    assert (own["target"], own["submitted"], own["gap"]) == (None, Decimal(7), None)
    assert dump_state(context.store)["target"] == before
    assert latest_batch(context.store)


def test_a_ratio_s_line_has_no_sums_and_comes_back_unchanged(context, tmp_path):
    for month in MONTHS[:3]:
        load(context.store, "target", [{"metric": "win-rate", "month": month, "amount": "0.55", "person": "03"}])
    path = written(context, tmp_path / "quotas.xlsx")
    page = load_workbook(path).active
    texts = {page.cell(row, 1).value: [cell.value for cell in page[row]][8:] for row in range(4, page.max_row + 1)}
    assert not [value for value in texts["win-rate"] if isinstance(value, str) and value.startswith("=")]
    assert [value for value in texts["receipts-net"] if isinstance(value, str) and value.startswith("=")]
    assert counts(imported(context, path))[:2] == (0, 0)
