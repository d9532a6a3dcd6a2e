"""What the day of signing decides: whose credit it is, and which numbers are in force."""

from decimal import Decimal

import pytest

from salescli.services.commission.closing import close_period, verify_run
from salescli.store.runs import closed_runs
from tests.unit.services.crediting import PAYOUT, computed, crediting, earned, seat
from tests.unit.store_support import load

OWNER = """  sales: {{type: rate, pays_on: receipts-gross, credit: own, owner_on: {day}, rate: 10%, refunds: recompute}}
"""
RATE = """  sales: {type: rate, pays_on: receipts-gross, credit: own, rate: {2026-01-01: 10%, 2026-03-01: 20%},
    refunds: recompute}
"""
TIERS = """  sales:
    type: tiered
    pays_on: receipts-gross
    credit: own
    adds_up_over: year
    tier_by: amount
    apply: slice-by-slice
    tiers:
      2026-01-01: [from 0: 10%]
      2026-03-01: [from 0: 20%]
    refunds: recompute
"""


@pytest.mark.parametrize(("day", "whose"), [("transaction-date", "赵磊"), ("signing-date", "王芳")])
def test_who_held_it_when_it_was_signed_or_when_the_money_came(tmp_path, day, whose):
    with crediting(tmp_path, OWNER.format(day=day)) as context:
        load(context.store, "contract", [{"number": "C1", "owner": "王芳", "signed": "2026-01-05"}])
        load(context.store, "contract", [{"number": "C1", "owner": "赵磊"}], dated="2026-03-01")
        load(context.store, "receipt", [{"number": "R1", "date": "2026-04-10", "contract": "C1", "amount": "1000"}])
        load(context.store, "refund", [{"number": "T1", "date": "2026-04-12", "receipt": "R1", "amount": "400"}])
        assert earned(context, "2026-04") == {whose: "60.00"}


@pytest.mark.parametrize("text", [RATE, TIERS])
def test_the_numbers_in_force_at_signing(tmp_path, text):
    with crediting(tmp_path, text, more="rates_in_force_on: signing-date\n") as context:
        contracts = [
            {"number": "C1", "owner": "王芳", "signed": "2026-01-05"},
            {"number": "C2", "owner": "王芳", "signed": "2026-03-05"},
            {"number": "C3", "owner": "王芳"},
        ]
        load(context.store, "contract", contracts)
        receipts = [
            {"number": f"R{n}", "date": "2026-04-10", "contract": f"C{n}", "amount": amount}
            for n, amount in ((1, "1000"), (2, "100"), (3, "10"))
        ]
        load(context.store, "receipt", receipts)
        load(context.store, "refund", [{"number": "T1", "date": "2026-04-12", "receipt": "R1", "amount": "400"}])
        assert earned(context, "2026-04") == {"王芳": "82.00"}, "600 at 10 %, 110 at 20 %"


LEAVERS = """leavers:
  receipts_after_last_day: {own_share: 50%, for_days: 90, rest_to: manager}
  open_windows: end-on-last-day
  held_money: on-its-date
  owed_to_company: list
"""


@pytest.mark.parametrize("text", [RATE, TIERS])
def test_who_takes_over_a_leaver_s_receipt_has_the_numbers_of_its_signing_too(tmp_path, text):
    with crediting(tmp_path, text, more="rates_in_force_on: signing-date\n", payout=PAYOUT + LEAVERS) as context:
        load(context.store, "person", [{"number": "1", "name": "王芳", "left": "2026-03-31"}], feed="leaving")
        load(context.store, "assignment", [seat("王芳", "2026-01-01", manager="赵磊")], feed="moves")
        load(context.store, "contract", [{"number": "C1", "owner": "王芳", "signed": "2026-01-05"}])
        row = {"number": "R1", "date": "2026-04-10", "contract": "C1", "amount": "1000", "owner": "王芳"}
        load(context.store, "receipt", [row])
        assert earned(context, "2026-04") == {"王芳": "50.00", "赵磊": "50.00"}


EDITED = {
    "rate": ("rate: NUMBERS", ("3%", "5%", "8%")),
    "tiers": (
        "adds_up_over: year, tier_by: amount, apply: slice-by-slice, tiers: NUMBERS",
        tuple(f"[from 0: {low}%, from 2_500: {low + 4}%]" for low in (3, 5, 8)),
    ),
    "table": (
        "rate: NUMBERS",
        (
            "{by: [product.line], table: {云: 3%}, otherwise: 1%}",
            "{by: [product.line], table: {软: 5%}, otherwise: 2%}",
            "{by: [product.line], table: {云: 8%, 软: 7%}, otherwise: 4%}",
        ),
    ),
    "special": ("special_rates: {position: counts}, rate: NUMBERS", ("3%", "5%", "8%")),
}
SIGNED = {"C1": "2026-01-05", "C2": "2026-02-05", "C3": "2026-03-05", "C4": None}


def months_of_edits(folder, form, *, dated, late=()):
    """Close January to May; the numbers hold from January, February and April on. Return what each month earned."""
    written, (first, second, third) = EDITED[form]
    kind = "tiered" if form == "tiers" else "rate"
    text = f"  sales: {{type: {kind}, pays_on: receipts-gross, credit: own, {written}, refunds: recompute}}\n"
    by_day = f"{{2026-01-01: {first}, 2026-02-01: {second}, 2026-04-01: {third}}}"
    edits = {} if dated else {"2026-02": (first, second), "2026-04": (second, third)}
    with crediting(
        folder, text.replace("NUMBERS", by_day if dated else first), more="rates_in_force_on: signing-date\n"
    ) as context:
        path = context.workspace.config / "plans" / "trial.yaml"
        load(context.store, "product", [{"number": "P1", "line": "云"}, {"number": "P2", "line": "软"}])
        contracts = [
            {"number": key, "owner": "王芳", "signed": day, "product": f"P{1 + n % 2}"}
            for n, (key, day) in enumerate(SIGNED.items())
        ]
        load(context.store, "contract", contracts)
        found = []
        for month in range(1, 6):
            label = f"2026-{month:02}"
            rows = [
                {
                    "number": f"R{month}{key}",
                    "date": f"{label}-10",
                    "contract": key,
                    "amount": str(100 * month + 11 * n),
                }
                for n, (key, day) in enumerate(SIGNED.items())
                if day is None or day <= label + "-10"
            ]
            rows += [{"number": f"LATE{label}", "date": "2026-02-10", "contract": "C1", "amount": "77"}] * (
                month in late
            )
            load(context.store, "receipt", rows, feed=label)
            if month == 4:
                back = [{"number": "T1", "date": "2026-04-12", "receipt": "R2C1", "amount": "150"}]
                load(context.store, "refund", back)
            if label in edits:
                path.write_text(path.read_text(encoding="utf-8").replace(*edits[label]), encoding="utf-8")
            done = computed(context, label)
            found.append(sum((one.result.earned for one in done.computed), Decimal(0)))
            close_period(context, context.parse_period(label))
        assert all(verify_run(context, run).is_same for run in closed_runs(context.store, "commission").values())
        return found


@pytest.mark.parametrize("form", EDITED)
def test_an_edited_number_is_one_with_a_date_at_signing_too(tmp_path, form):
    edited, dated = (months_of_edits(tmp_path / str(one), form, dated=one, late=(3, 5)) for one in (False, True))
    assert edited == dated
