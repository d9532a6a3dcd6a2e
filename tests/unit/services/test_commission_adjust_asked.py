"""What `commission adjust` is asked, against the plans: whose currency, which plan, how fine an amount."""

from __future__ import annotations

from pathlib import Path

import pytest

from salescli.errors import DecisionNeeded, ProblemsFound, SalesCliError
from salescli.services.commission.adjust_asked import settle_currency
from salescli.services.commission.asking import AdjustRequest, add_adjustment
from salescli.services.commission.checking import check_period
from salescli.services.context import Context
from salescli.store.state import fetch_images
from tests.unit.services.crediting import crediting
from tests.unit.store_support import load

SALES = "  sales: {type: rate, pays_on: receipts-gross, credit: own, rate: 10%, refunds: recompute}\n"


def in_euro(context: Context, beside: bool = False) -> None:
    """Turn the plan's currency, or write a second one beside it that pays in euro."""
    folder = context.workspace.config / "plans"
    (path,) = folder.glob("*.yaml")
    text = path.read_text(encoding="utf-8")
    assert "currency: CNY" in text
    if not beside:
        path.write_text(text.replace("currency: CNY", "currency: EUR"), encoding="utf-8")
        return
    name = next(line.split(": ")[1] for line in text.splitlines() if line.startswith("plan:"))
    other = text.replace(f"plan: {name}", f"plan: euro\nbeside: [{name}]").replace("currency: CNY", "currency: EUR")
    (folder / "euro.yaml").write_text(other, encoding="utf-8")


def settled(context: Context, *, plan: str = "", currency: str = "", amount: str = "5", person: str = "王芳") -> str:
    return settle_currency(context, context.parse_period("2026-01"), person, plan, currency, amount)


def test_the_currency_is_that_of_the_plan_of_the_month(tmp_path: Path) -> None:
    with crediting(tmp_path, SALES) as context:
        load(context.store, "contract", [{"number": "C1", "owner": "王芳"}])
        assert settled(context) == "CNY"
        in_euro(context)
        assert settled(context) == "EUR"
        asked = AdjustRequest("王芳", "5", "补")
        add_adjustment(context, context.parse_period("2026-01"), asked)
        (image,) = fetch_images(context.store, context.store.registry["adjustment"]).values()
        assert image["currency"] == "EUR"


def test_of_several_plans_of_several_currencies_one_is_named(tmp_path: Path) -> None:
    with crediting(tmp_path, SALES) as context:
        load(context.store, "contract", [{"number": "C1", "owner": "王芳"}])
        in_euro(context, beside=True)
        with pytest.raises(DecisionNeeded) as asked:
            settled(context)
        assert [each.name for each in asked.value.problems] == ["adjustment-which-plan"]
        assert settled(context, plan="euro") == "EUR"


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ({"plan": "nope"}, "unknown-plan"),
        ({"currency": "XXQ"}, "adjustment-not-in-currency"),
        ({"amount": "0.005"}, "adjustment-too-fine"),
        ({"amount": "-0.005"}, "adjustment-too-fine"),
    ],
)
def test_what_no_plan_could_pay_is_refused(tmp_path: Path, more: dict[str, str], name: str) -> None:
    with crediting(tmp_path, SALES) as context:
        load(context.store, "contract", [{"number": "C1", "owner": "王芳"}])
        with pytest.raises(SalesCliError) as refused:
            settled(context, **more)
        assert isinstance(refused.value, ProblemsFound)
        assert [each.name for each in refused.value.problems] == [name]


def test_the_list_before_closing_names_what_nobody_is_paid(tmp_path: Path) -> None:
    with crediting(tmp_path, SALES) as context:
        load(context.store, "contract", [{"number": "C1", "owner": "王芳"}])
        load(context.store, "receipt", [{"number": "R1", "date": "2026-01-10", "contract": "C1", "amount": "1000"}])
        row = {"number": "A1", "person": "王芳", "month": "2026-01", "amount": 5, "reason": "补", "plan": "no-such"}
        load(context.store, "adjustment", [row])
        checked = check_period(context, context.parse_period("2026-01"))
        text = str(checked)
        assert "A1" in text and "no-such" in text
