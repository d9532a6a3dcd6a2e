"""The metric catalogue: the shipped one, overrides by a workspace, and definitions that do not hold together."""

from __future__ import annotations

from pathlib import Path

import pytest

from salescli.core.metrics.model import Aggregate, BaseMetric, Catalogue, Filter
from salescli.core.records.registry import built_in
from salescli.errors import Problem
from salescli.messages import hint, sentence
from salescli.policy.layers import policy_files, shipped_folder
from salescli.policy.metric_checks import check_fields
from salescli.policy.metrics import MetricsShape, merge_catalogue, read_catalogue
from salescli.policy.reader import read_document


def merged(text: str) -> tuple[Catalogue, list[Problem]]:
    shipped = read_document(shipped_folder() / "metrics.yaml", MetricsShape)
    return merge_catalogue([(0, shipped), (1, read_document(text, MetricsShape, "ws.yaml"))])


def shown(problems: list[Problem]) -> list[str]:
    return [f"{one.where} {one.name}" for one in problems]


def test_shipped_catalogue_is_sound() -> None:
    catalogue, problems = read_catalogue(policy_files(None, "metrics"))
    assert problems == []
    assert check_fields(catalogue, built_in()) == []
    assert len(catalogue.names) >= 25
    assert all(metric.title.zh and metric.title.en and metric.title.zh != metric.title.en for metric in catalogue)
    assert set(catalogue.layers.values()) == {0}


def test_parts_units_and_additivity() -> None:
    catalogue, _ = read_catalogue(policy_files(None, "metrics"))
    assert [(base.name, sign) for base, sign in catalogue.base_parts("receipts-net")] == [
        ("receipts-net-in", 1),
        ("refunds-net", -1),
    ]
    assert [base.name for base in catalogue.bases("win-rate")] == ["deals-won", "deals-closed"]
    assert {name: catalogue.unit(name) for name in ("win-rate", "average-deal", "net-receipts", "order-quantity")} == {
        "win-rate": "rate",
        "average-deal": "money",
        "net-receipts": "money",
        "order-quantity": "quantity",
    }
    assert [catalogue.is_additive(name) for name in ("receipts", "net-receipts", "win-rate", "customers-served")] == [
        True,
        True,
        False,
        False,
    ]
    with pytest.raises(ValueError, match="ratio"):
        catalogue.base_parts("win-rate")


def test_definition_is_read() -> None:
    catalogue, problems = merged(
        "big: {title: 大单, of: deal, value: count, date: none, credit: none, unit: count,\n"
        '  where: {stage.kind: ["!= won", "!= lost"], amount: ">= 20,000", region: [华东, 华南]}}\n'
    )
    assert problems == []
    metric = catalogue.get("big")
    assert isinstance(metric, BaseMetric)
    assert metric.value == Aggregate("count")
    assert metric.date is None
    assert metric.where == (
        Filter("stage.kind", "!=", ("won", "lost")),
        Filter("amount", ">=", ("20,000",)),
        Filter("region", "=", ("华东", "华南")),
    )
    assert catalogue.layers["big"] == 1
    assert str(catalogue.places["big"]) == "ws.yaml:1:1"


def test_workspace_overrides_by_name() -> None:
    catalogue, problems = merged(
        "deals-won: {title: x, of: deal, value: count, date: closed, where: {kind: new}, credit: owner, unit: count}\n"
    )
    assert problems == []
    assert catalogue.get("deals-won").title.en == "x"
    assert catalogue.layers["deals-won"] == 1
    assert catalogue.base_parts("deals-won")[0][0].where == (Filter("kind", "=", ("new",)),)


@pytest.mark.parametrize(
    "definition",
    [
        "{title: x, of: receipt, value: count, date: date, credit: split, unit: count}",
        "{title: x, of: refund, value: sum amount, date: date, credit: split, unit: money}",
        "{title: x, of: receipt, value: average amount, date: date, credit: owner, unit: money}",
        "{title: x, ratio: [refunds, bookings]}",
    ],
)
def test_override_stays_the_same_kind_of_number(definition: str) -> None:
    catalogue, problems = merged(f"receipts: {definition}\n")
    assert shown(problems) == ["ws.yaml:1:1 metric-override-differs"]
    assert catalogue.base_parts("net-receipts")[0][0].value == Aggregate("sum", "amount"), "the shipped one stays"


def test_definitions_that_do_not_hold_together() -> None:
    catalogue, problems = merged(
        "a: {title: x, plus: [b]}\n"
        "b: {title: x, plus: a}\n"
        "c: {title: x, ratio: [win-rate, deals-wno]}\n"
        "d: {title: x, plus: [win-rate]}\n"
        "e: {title: x, plus: [deals-won], minus: [bookings]}\n"
        "f: {title: x, plus: [e]}\n"
        "g: {title: x, ratio: [deals-won, win-rate]}\n"
    )
    assert sorted(shown(problems)) == [
        "ws.yaml:1:1 metric-cycle",
        "ws.yaml:2:1 metric-cycle",
        "ws.yaml:3:1 metric-part-unknown",
        "ws.yaml:4:1 metric-not-addable",
        "ws.yaml:5:1 metric-mixes-units",
        "ws.yaml:7:1 metric-not-addable",
    ]
    assert not {"a", "b", "c", "d", "e", "f", "g"} & set(catalogue.names)
    assert "win-rate" in catalogue
    (unknown,) = [one for one in problems if one.name == "metric-part-unknown"]
    assert hint(unknown) == "did you mean `deals-won`?"
    (cycle, _) = [one for one in problems if one.name == "metric-cycle"]
    assert sentence(cycle) == "`a` is made of itself: a → b → a"


COUNT = "{title: x, of: deal, value: count, date: none, credit: none, unit: count"
FIRST = "{title: x, of: deal, value: first-ever customer within 12 months, date: closed, credit: none, unit: count"
BROKEN = [
    ("{title: x, of: deal, value: percentile amount 109, date: a, credit: none, unit: money}",
     "1:32 percent-out-of-range"),
    (FIRST.replace("closed", "none") + "}", "1:76 value-needs-date"),
    (FIRST.replace("count", "money") + "}", "1:104 value-needs-unit"),
    (FIRST.replace("12", "0") + "}", "1:32 bad-aggregate"),
    (FIRST.replace("within 12 months", "") + "}", "1:32 bad-aggregate"),
    (FIRST.replace("first-ever customer within 12 months", "count") + ", at_least: 5}", "1:90 at-least-not-used"),
    (FIRST + ", at_least: many}", "1:121 bad-amount"),
    ("{title: x, of: deal, value: collected amount, date: closed, credit: none, unit: money}",
     "1:32 collected-of-other"),
    ("{title: x, of: payment-plan, value: collected amount, date: due, credit: split, unit: count}",
     "1:90 value-needs-unit"),
    ("{title: x, cumulative: receipts}", "1:1 missing-key"),
    ("{title: x, cumulative: receipts, over: week}", "1:43 unknown-choice"),
    ("{title: x}", "1:4 one-of-keys-missing"),
    ("{title: x, ratio: [a]}", "1:22 too-few-items"),
    (COUNT + ", plus: [a]}", "1:78 keys-exclude-each-other"),
    (COUNT.replace("count,", "sum,") + "}", "1:32 bad-aggregate"),
    (COUNT.replace("count,", "count amount,") + "}", "1:32 bad-aggregate"),
    (COUNT.replace("date: none, ", "") + "}", "1:1 missing-key"),
    (COUNT.replace("none,", "[a],", 1) + "}", "1:45 not-a-value"),
    (COUNT + "s}", "1:71 unknown-choice"),
    (COUNT + ", where: a}", "1:85 not-a-map"),
    (COUNT + ', where: {amount: [1, "> 2"]}}', "1:94 filter-mixes-operators"),
    (COUNT + ", where: {amount: {a: b}}}", "1:94 not-a-value"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BROKEN)
def test_broken_definition(text: str, expected: str) -> None:
    catalogue, problems = merged(f"a: {text}\n")
    assert shown(problems) == [f"ws.yaml:{expected}"]
    assert "a" not in catalogue


def test_broken_file_hides_no_names() -> None:
    _, problems = merged("a: {title: x, plus: [b]}\nb: {title: x, of: deal}\n")
    assert {one.name for one in problems} == {"missing-key"}, "`b` is not reported as unknown as well"


def test_fields_are_checked_against_the_record_types() -> None:
    text = (
        "f: {title: x, of: deel, value: sum x, date: closed, credit: owner, unit: money}\n"
        "g: {title: x, of: deal, value: sum amuont, date: none, where: {product.lne: x}, credit: owner, unit: money}\n"
        "h: {title: x, of: deal, value: sum amount, date: closed, where: {name.line: x}, credit: owner, unit: money}\n"
        "i: {title: x, of: deal, value: sum product.list_price, date: closed, credit: owner, unit: money}\n"
    )
    catalogue, problems = merged(text)
    assert problems == []
    found = check_fields(catalogue, built_in())
    assert [(one.where.line, one.name, one.values["nearest"]) for one in found] == [
        (1, "metric-unknown-type", "deal"),
        (2, "metric-unknown-field", "amount"),
        (2, "metric-unknown-field", "line"),
        (3, "metric-unknown-field", ""),
    ]


@pytest.mark.parametrize(
    ("condition", "options"),
    [
        ("stage.kind: [won, lost]", []),
        ("stage.kind: [won, wno]", [("entry", "open", "won", "lost")]),
        ("stage: anything", []),
        ("amount: '>= 1,000'", []),
        ("amount: '>= lots'", [("1,000",)]),
        ("amount: (none)", []),
        ("created: '>= 2026-01-01'", []),
        ("created: '>= soon'", [("2026-03-31",)]),
        ("probability: '>= much'", [("10",)]),
        ("customer: nobody yet", []),
        ("amount: lots, created: soon", [("1,000",), ("2026-03-31",)]),
    ],
)
def test_conditions_name_values_there_can_be(condition: str, options: list[tuple[str, ...]]) -> None:
    catalogue, problems = merged(
        f"a: {{title: x, of: deal, value: count, date: none, where: {{{condition}}}, credit: owner, unit: count}}\n"
    )
    assert problems == []
    found = check_fields(catalogue, built_in())
    assert [(one.name, one.where.line, one.values["options"]) for one in found] == [
        ("metric-unfit-condition", 1, each) for each in options
    ]


def test_a_condition_on_a_choice_names_one_of_them() -> None:
    text = "{title: x, of: credit-split, value: count, date: none, where: {kind: %s}, credit: none, unit: count}"
    catalogue, _ = merged(f"a: {text % 'own'}\nb: {text % 'owm'}\n")
    assert [(one.values["metric"], one.values["options"]) for one in check_fields(catalogue, built_in())] == [
        ("b", ("own", "overlay"))
    ]


NUMBER = "{title: x, of: deal, value: sum %s, date: %s, credit: owner, unit: %s}"


@pytest.mark.parametrize(
    ("value", "date", "unit", "expected"),
    [
        ("amount", "closed", "money", []),
        ("cycle_days", "closed", "days", []),
        ("product.list_price", "none", "money", []),
        ("probability", "closed", "rate", ["metric-not-a-number"]),
        ("owner", "closed", "money", ["metric-not-a-number"]),
        ("amount", "closed", "days", ["metric-unit-differs"]),
        ("cycle_days", "closed", "money", ["metric-unit-differs"]),
        ("amount", "owner.name", "money", ["metric-not-a-date"]),
        ("stage", "stage", "money", ["metric-not-a-number", "metric-not-a-date"]),
        ("amuont", "colsed", "money", ["metric-unknown-field", "metric-unknown-field"]),
    ],
)
def test_the_kinds_of_fields_fit(value: str, date: str, unit: str, expected: list[str]) -> None:
    catalogue, problems = merged(f"a: {NUMBER % (value, date, unit)}\n")
    assert problems == []
    assert [one.name for one in check_fields(catalogue, built_in())] == expected


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("receipts", []),
        ("net-receipts", []),
        ("win-rate", ["metric-not-addable"]),
        ("median-deal", ["metric-not-addable"]),
        ("receipts-to-date", ["metric-not-addable"]),
        ("customers-served", ["metric-not-cumulative"]),
        ("deals-open", ["metric-not-cumulative"]),
        ("recepts", ["metric-part-unknown"]),
        ("a", ["metric-cycle"]),
    ],
)
def test_what_runs_on_adds_up_over_time(part: str, expected: list[str]) -> None:
    catalogue, problems = merged(f"a: {{title: x, cumulative: {part}, over: quarter}}\n")
    assert [one.name for one in problems] == expected
    assert ("a" in catalogue) == (not expected)


def test_missing_file_is_a_problem(tmp_path: Path) -> None:
    catalogue, problems = merge_catalogue([(1, read_document(tmp_path / "metrics.yaml", MetricsShape))])
    assert [one.name for one in problems] == ["file-not-found"]
    assert catalogue.names == ()
