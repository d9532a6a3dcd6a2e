"""`quota check` and `quota reconcile` over a small workspace: what is found, where, and with which exit code."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from salescli.cli.root import main
from salescli.core.periods import FiscalCalendar, parse_period
from salescli.errors import ProblemsFound, Refused, UsageError
from salescli.messages import hint, sentence
from salescli.services.commission.check_quotas import look_at_quotas
from salescli.services.commission.check_state import Check
from salescli.services.context import open_context
from salescli.services.quota.checking import check_quota
from salescli.services.quota.reconciling import reconcile_quota
from salescli.services.quota.revising import RevisionRequest, revise_quota
from salescli.services.quota.splitting import accept_quota, split_quota
from salescli.services.workspace import create_workspace
from salescli.store.batches import begin_batch
from salescli.store.entities import resolve
from salescli.store.state import fetch_images
from salescli.store.versions import write_cells
from tests.unit.quotas.test_services import PLAN_DAY, POLICY, at, fill
from tests.unit.store_support import load

YEAR = parse_period("2026", FiscalCalendar())
FILE = "config/targets/receipts-2026.yaml"


@pytest.fixture
def workspace(tmp_path):
    place = create_workspace(tmp_path / "团队 a", "华辰", "CNY", "zh")
    (place.config / "targets" / "receipts-2026.yaml").write_text(POLICY, encoding="utf-8")
    with open_context(place, today=PLAN_DAY, create=True) as context:
        fill(context.store)
        split_quota(context)
        accept_quota(context)
    return place


def target(workspace, *rows):
    with at(workspace) as context:
        load(context.store, "target", [{"metric": "receipts", **row} for row in rows])


def check(workspace, day=PLAN_DAY, **values):
    with at(workspace, day) as context:
        done = check_quota(context, **values)
    for each in done.problems:
        for language in ("zh", "en"):
            assert "<" not in sentence(each, language) + hint(each, language), each.name
    return done


def reconcile(workspace, period=YEAR, metric=""):
    with at(workspace) as context:
        return reconcile_quota(context, period, metric)


def names(done):
    return sorted({each.name for each in done.problems})


def table(done, name):
    return next((block for block in done.report.blocks if block.name == name), None)


def test_what_was_accepted_adds_up_and_is_what_the_policy_says(workspace):
    done = reconcile(workspace)
    assert not done.problems
    assert [block.name for block in done.report.blocks] == ["sums"]
    assert done.report.footer[0].en.endswith("all add up, in every month")
    assert {line.state for line in done.lines} == {"adds-up"}
    checked = check(workspace)
    assert not checked.problems and table(checked, "differences") is None


def test_an_imported_target_is_named_with_its_batch(workspace):
    target(workspace, {"team": "一部", "person": "P1", "month": "2026-05", "amount": 1})
    done = reconcile(workspace)
    (found,) = done.problems
    assert (found.name, found.severity) == ("quota-not-adding-up", "error")
    assert (found.values["metric"], found.values["months"]) == ("receipts", "2026-05")
    (month,) = table(done, "months").rows
    assert month[2] == "2026-05" and month[5] < 0
    (record,) = table(done, "records").rows
    assert (record[0], record[3]) == ("王芳", Decimal(1))
    assert not reconcile(workspace, parse_period("2026-Q1", FiscalCalendar())).problems
    checked = check(workspace)
    assert "quota-edited" in names(checked)
    (row,) = table(checked, "differences").rows
    assert (row[1], row[3]) == ("王芳", Decimal(1))


def test_a_target_that_a_hand_has_ended_is_edited_not_moved(workspace):
    with at(workspace) as context:
        kind = context.store.registry["target"]
        images = fetch_images(context.store, kind, "month = ?", ("2026-05",))
        person = resolve(context.store, context.store.registry["person"], ["P1"]).get("P1")
        gone = [entity for entity, image in images.items() if image["person"] == person and image["level"] == "base"]
        with context.store.transaction():
            batch = begin_batch(context.store, "import", "目标.xlsx")
            write_cells(context.store, batch, kind, dict.fromkeys(gone))
    checked = check(workspace)
    assert "quota-edited" in names(checked) and "quota-facts-moved" not in names(checked)
    (row,) = table(checked, "differences").rows
    assert (row[1], row[3], row[-1].en) == ("王芳", None, "imported or edited")


def test_a_band_in_the_policy_allows_it(workspace):
    target(workspace, {"team": "一部", "person": "P1", "month": "2026-05", "amount": 6_800})
    assert reconcile(workspace).problems
    (workspace.config / "targets" / "receipts-2026.yaml").write_text(POLICY + "band: 50%\n", encoding="utf-8")
    done = reconcile(workspace)
    assert not done.problems
    assert "50 % off allowed" in done.report.footer[1].en


def test_without_a_policy_more_is_only_shown(workspace):
    (workspace.config / "targets" / "receipts-2026.yaml").unlink()
    states = {(line.kind, line.team): line.state for line in reconcile(workspace).lines}
    assert states["teams", ""] == states["people", "一部"] == "above"
    assert states["sub-teams", "销售中心"] == "adds-up"
    assert check(workspace).report.title.en.startswith("Targets judged · ")
    target(workspace, {"month": "2026-05", "amount": 99_999_999})
    done = reconcile(workspace)
    assert [line.state for line in done.lines if not line.team] == ["short"]


def test_two_policies_of_a_year_say_nothing(workspace):
    folder = workspace.config / "targets"
    (folder / "other.yaml").write_text(POLICY.replace("receipts-2026", "other"), encoding="utf-8")
    assert {line.street for line in reconcile(workspace).lines} == {None}


def test_an_edited_policy_is_told_from_moved_records(workspace):
    path = workspace.config / "targets" / "receipts-2026.yaml"
    path.write_text(POLICY.replace("growth: 20%", "growth: 30%"), encoding="utf-8")
    done = check(workspace)
    assert names(done) == ["quota-policy-edited"]
    assert (done.problems[0].where.file, done.problems[0].where.line) == (FILE, 2)
    path.write_text(POLICY, encoding="utf-8")
    with at(workspace) as context:
        load(context.store, "person", [{"number": "P9", "name": "新人"}])
        seat = {"person": "P9", "team": "一部", "from": "2026-03-01", "role": "account-manager"}
        load(context.store, "assignment", [seat])
    done = check(workspace)
    assert names(done) == ["quota-facts-moved", "seat-without-quota"]
    assert {str(row[-1].en) for row in table(done, "differences").rows} == {"records changed"}
    missing = next(each for each in done.problems if each.name == "seat-without-quota")
    assert (missing.values["person"], missing.values["months"]) == ("新人", "2026-03..2026-12")


def test_people_without_a_seat_and_levels_out_of_order(workspace):
    target(
        workspace,
        {"team": "二部", "person": "P1", "month": "2026-05", "amount": 5},
        {"team": "一部", "person": "P4", "month": "2026-01", "amount": 5},
        {"team": "一部", "person": "P1", "month": "2026-05", "amount": 5, "level": "stretch"},
        {"team": "一部", "person": "P2", "month": "2026-05", "amount": 5, "currency": "USD"},
    )
    with at(workspace) as context:
        load(
            context.store,
            "assignment",
            [{"person": "P3", "team": "二部", "from": "2024-01-01", "through": "2026-06-30"}],
        )
    done = check(workspace)
    found = {each.name: each for each in done.problems}
    assert {"quota-in-other-team", "quota-without-seat", "quota-levels", "quota-currencies"} <= set(found)
    assert found["quota-after-leaving"].values["months"] == "2026-07..2026-12"
    assert found["quota-after-leaving"].values["last"] == "2026-06"
    assert found["quota-after-leaving"].severity == "error"


def test_growth_is_against_the_months_before_the_year(workspace):
    rows = {(row[0], str(getattr(row[1], "en", row[1]))): row for row in table(check(workspace), "growth").rows}
    assert rows["", "Company"][2:4] == (Decimal(120_000), Decimal(100_000))
    assert rows["一部", "Team"][3] == rows["销售中心", "Team"][3] - Decimal(20_000) == Decimal(80_000)
    assert rows["一部", "王芳"][4].exact() == Fraction(rows["一部", "王芳"][2]) / 60_000 - 1
    assert rows["二部", "钱强"][4] is None


def test_months_without_any_figure_are_said(workspace):
    """The receipts are of January, May and June."""
    said = check(workspace).report.footer[1].en
    assert said.startswith("there is no figure at all in 2024-12, 2025-02..2025-04, 2025-07..2025-11:")


def test_a_draft_and_a_policy_that_was_never_split(workspace):
    done = check(workspace, run=1)
    assert done.report.footer[0].en.startswith("judged: draft #1")
    path = workspace.config / "targets" / "next.yaml"
    path.write_text(
        POLICY.replace("receipts-2026", "next").replace("for_year: 2026", "for_year: 2027"), encoding="utf-8"
    )
    done = check(workspace, name="next")
    assert done.report.footer[0].en.startswith("judged: the split that the policy gives")
    path.write_text(POLICY.replace("team: 二部", "team: 二步"), encoding="utf-8")
    assert "unknown-team" in names(check(workspace, name="next"))
    for ask in ({"name": "nothing"}, {"run": 99}):
        with pytest.raises(UsageError):
            check(workspace, **ask)


def test_relief_is_a_share_of_the_own_year(workspace):
    """Half of the second month and all of the first: of eleven months in seat 1.5 are relief."""
    path = workspace.config / "targets" / "receipts-2026.yaml"
    seat = "  vacant_seats: [{seat: S1, team: 二部, role: account-manager, from: 2026-07-01}]\n"
    path.write_text(POLICY.replace(seat, "").replace("round_to: 100\n", ""), encoding="utf-8")
    rows = {row[1]: row[2:] for row in table(check(workspace), "relief").rows}
    full, relief, carried, share = rows["钱强"]
    assert (carried, share.exact()) == (None, Fraction(relief) / Fraction(full))
    assert abs(float(share.exact()) + 1.5 / 11) < 0.0001


def test_a_revision_is_followed_and_its_past_is_not_compared(workspace):
    with at(workspace) as context:
        load(context.store, "person", [{"number": "P9", "name": "新人"}])
        seat = {"person": "P9", "team": "一部", "from": "2026-06-01", "role": "account-manager"}
        load(context.store, "assignment", [seat])
        assert check_quota(context).problems
        request = RevisionRequest("2026-06", "a joiner", amount="150,000")
        run = revise_quota(context, "receipts-2026", request).run
        accept_quota(context, run.id)
    done = check(workspace)
    assert table(done, "differences") is None
    assert names(done) == []
    assert {line.state for line in reconcile(workspace).lines} == {"adds-up"}
    with at(workspace, date(2026, 7, 1)) as context:
        assert {line.state for line in reconcile_quota(context, YEAR).lines} == {"adds-up"}


def test_every_policy_is_judged_and_all_that_is_wrong_is_said(workspace):
    folder = workspace.config / "targets"
    deals = POLICY.replace("receipts-2026", "deals").replace("metric: receipts", "metric: deals-won")
    (folder / "deals.yaml").write_text(deals.replace("growth: 20%", "amount: 50").replace("round_to: 100", ""))
    done = check(workspace)
    assert done.report.title.en == "Targets judged"
    assert [block.name for block in done.report.blocks].count("growth") == 2
    for name in ("a", "b"):
        (folder / f"{name}.yaml").write_text(deals.replace("deals-won", "win-rate"))
    with pytest.raises(ProblemsFound) as caught:
        check(workspace)
    assert [each.name for each in caught.value.problems] == ["ratio-has-no-sum"] * 2


def test_commission_check_names_targets_that_do_not_add_up(workspace):
    target(workspace, {"team": "一部", "person": "P1", "month": "2026-05", "amount": 1})
    with at(workspace) as context:
        for month, count in (("2026-05", 1), ("2026-04", 0)):
            seen = Check(context, parse_period(month, FiscalCalendar()), None)
            look_at_quotas(seen)
            assert [one.count for one in seen.items] == [count] * count
            assert [one.what for one in seen.details] == ["receipts"] * count


def test_nothing_to_compare_and_nothing_to_judge(tmp_path):
    place = create_workspace(tmp_path / "b", "华辰", "CNY", "en")
    with open_context(place, today=PLAN_DAY, create=True) as context:
        for ask in (lambda: reconcile_quota(context, YEAR), lambda: check_quota(context)):
            with pytest.raises(Refused):
                ask()
        load(context.store, "target", [{"metric": "receipts", "month": "2026-05", "amount": 5}])
        assert reconcile_quota(context, YEAR).report.footer[0].en.startswith("no target has children")
        with pytest.raises(UsageError):
            reconcile_quota(context, YEAR, "bookings")


def test_statistics_need_24_months_and_are_seeded(workspace):
    plain = check(workspace, statistics=True)
    assert "nothing is concluded" in plain.report.footer[-1].en
    with at(workspace) as context:
        months = [(2024, month) for month in range(1, 13)] + [(2025, month) for month in range(1, 12)]
        rows = [
            {"number": f"H{year}{month}", "date": f"{year}-{month:02d}-20", "owner": "P2", "amount": 100 * month}
            for year, month in months
        ]
        rows.append({"number": "H0", "date": "2023-12-05", "owner": "P2", "amount": 1})
        load(context.store, "receipt", rows)
    first, again = (check(workspace, statistics=True, seed=4) for _ in range(2))
    (row,) = table(first, "chance").rows
    assert row == table(again, "chance").rows[0]
    assert (row[0], row[2]) == ("赵磊", 24)
    assert "seed 4" in first.report.footer[-1].en
    found = [each for each in first.problems if each.name in ("quota-too-high", "quota-too-low")]
    assert len(found) == (row[3] is not None)


@pytest.fixture
def folder(workspace, monkeypatch):
    monkeypatch.chdir(workspace.folder)
    monkeypatch.setenv("SALESCLI_TODAY", "2025-12-20")
    monkeypatch.setenv("SALESCLI_LANG", "en")
    return workspace


def run(capsys, *words):
    code = main(["quota", *words])
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return code, out, err


def test_exit_codes(folder, capsys):
    assert run(capsys, "reconcile", "2026")[0] == 0
    assert run(capsys, "check", "receipts-2026")[0] == 0
    target(folder, {"team": "一部", "person": "P1", "month": "2026-05", "amount": 1})
    code, out, err = run(capsys, "reconcile", "2026", "-O", "json")
    assert code == 1 and "error[quota-not-adding-up]" in err
    assert json.loads(out)["report"] == "quota-reconcile"
    assert run(capsys, "check", "receipts-2026")[0] == 0  # what differs from the policy is a warning
    assert run(capsys, "reconcile", "2026-13")[0] == 2
    assert run(capsys, "check", "--run", "77")[0] == 2


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "json", "md", "html", "txt"])
@pytest.mark.parametrize("verb", ["check", "reconcile"])
def test_every_format(folder, capsys, verb, suffix):
    words = ["2026"] if verb == "reconcile" else ["--statistics"]
    code, _, err = run(capsys, verb, *words, "-o", f"核对.{suffix}")
    assert (code == 0) == (folder.folder / f"核对.{suffix}").exists(), err
