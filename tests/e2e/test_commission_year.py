"""A year of both examples, closed month by month, with everything that may come late: nothing lost, nothing paid moves.

华辰 runs its plans of 2026 over the whole year 2025, of which its books are complete; Acme its fiscal year 2026.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from salescli.core.periods import ONE_DAY, month_of
from salescli.services.commission.closing import close_period, verify_run
from salescli.services.commission.opening import open_month
from salescli.services.context import Context, open_context
from salescli.services.workspace import find_workspace
from salescli.store.batches import latest_batch
from salescli.store.runs import closed_runs
from salescli.store.state import fetch_images
from salescli.store.versions import undo_batch
from tests.properties.year_law import Sums, posted, recomputed, stored, without_nothing
from tests.shell import Shell, example
from tests.unit.store_support import load

Happening = Callable[[Context], None]


def put(context: Context, kind: str, **row: Any) -> None:
    """One row of a file that comes late."""
    load(context.store, kind, [row], feed=f"late-{kind}-{latest_batch(context.store)}")


def edit(context: Context, name: str, old: str, new: str) -> None:
    """Edit a plan's file."""
    path = context.workspace.config / "plans" / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (name, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


def receipts_of(context: Context, month: str, person: str) -> list[dict[str, Any]]:
    """The receipts of a month on contracts that a person owns, the largest first."""
    contracts = fetch_images(context.store, context.store.registry["contract"])
    numbers = {image["number"]: entity for entity, image in people(context).items()}
    found = [
        each | {"of": contracts[each["contract"]]["number"]}
        for each in fetch_images(context.store, context.store.registry["receipt"]).values()
        if each["date"].startswith(month)
        and each["contract"] in contracts
        and contracts[each["contract"]]["owner"] == numbers[person]
    ]
    assert found, (month, person)
    return sorted(found, key=lambda each: (-each["amount"], each["number"]))


def people(context: Context) -> dict[int, dict[str, Any]]:
    return fetch_images(context.store, context.store.registry["person"])


class Huachen:
    """What comes late in 2025: 0023 王芳, 0037 张伟, 0081 唐勇 and others."""

    name, first, plan = "huachen", "2025-01", "account-manager-2026.yaml"

    def prepare(self, shell: Shell) -> None:
        """Move the plans back by a year."""
        for path in (shell.folder / "config" / "plans").glob("*.yaml"):
            text = path.read_text(encoding="utf-8")
            text = re.sub(r"(from|through): 2026-", r"\1: 2025-", text)
            path.write_text(text, encoding="utf-8")

    def grade(self, context: Context, quarter: int, known: str) -> None:
        for number, grade in (("0023", "A"), ("0037", "C"), ("0081", "B"), ("0039", "D")):
            put(context, "rating", scorecard="sales-kpi-2026", person=number, period=f"2025-Q{quarter}", grade=grade,
                known_on=known)  # fmt: skip

    def february(self, context: Context) -> None:
        """A receipt of January is found; money of January goes back."""
        back = receipts_of(context, "2025-01", "0023")[0]
        put(context, "refund", number="迟退-1", date="2025-02-20", receipt=back["number"], amount="5000")
        put(context, "receipt", number="迟-1", date="2025-01-28", contract=back["of"], amount="80000", tax_rate="6%")
        self.batch = latest_batch(context.store)

    def march(self, context: Context) -> None:
        """张伟 becomes a manager from the 16th on."""
        put(context, "assignment", **{"person": "0037", "from": "2025-03-16", "role": "销售经理", "manager": "0003"})

    def april(self, context: Context) -> None:
        """The first quarter's grades are known."""
        self.grade(context, 1, "2025-04-12")

    def may(self, context: Context) -> None:
        """A contract of 王芳's was shared from its first day on, and somebody's grade was wrong."""
        contract = receipts_of(context, "2025-02", "0023")[0]["of"]
        shares = [{"contract": contract, "person": "0023", "share": "60%"},
                  {"contract": contract, "person": "0081", "share": "40%"}]  # fmt: skip
        load(context.store, "credit-split", shares, feed="late-split")
        put(context, "rating", scorecard="sales-kpi-2026", person="0023", period="2025-Q1", grade="B",
            known_on="2025-04-12")  # fmt: skip

    def july(self, context: Context) -> None:
        """From July on the tiers are others; the file says both."""
        edit(context, self.plan, "    tiers:\n      - from 0: 1%\n      - from 1,000,000: 1.5%\n"
             "      - from 3,000,000: 2.5%\n",
             "    tiers:\n      2025-01-01:\n        - from 0: 1%\n        - from 1,000,000: 1.5%\n"
             "        - from 3,000,000: 2.5%\n      2025-07-01:\n        - from 0: 0.8%\n"
             "        - from 2,000,000: 3%\n",
             )  # fmt: skip
        self.grade(context, 2, "2025-07-10")

    def september(self, context: Context) -> None:
        """唐勇 leaves; his contracts go on, and so do the receipts."""
        put(context, "person", number="0081", name="唐勇", left="2025-09-12")

    def october(self, context: Context) -> None:
        """The whole of March's largest receipt goes back."""
        back = receipts_of(context, "2025-03", "0023")[0]
        amount = str(Decimal(back["amount"]).scaleb(-4))
        put(context, "refund", number="迟退-2", date="2025-10-09", receipt=back["number"], amount=amount)
        self.grade(context, 3, "2025-10-11")

    def november(self, context: Context) -> None:
        """What came in February is taken back, though months were closed upon it."""
        undo_batch(context.store, self.batch)


class Acme:
    """What comes late in the fiscal year: contracts are cut, shared, dated back."""

    name, first, plan = "acme", "2026-04", "ae-fy2026.yaml"

    def prepare(self, shell: Shell) -> None:
        """Keep the folder: contracts have fields of the company's own, which commands write."""
        self.shell = shell

    def largest(self, context: Context, month: str) -> dict[str, Any]:
        contracts = fetch_images(context.store, context.store.registry["contract"]).values()
        return max((one for one in contracts if (one["signed"] or "").startswith(month) and one["kind"] == "new"),
                   key=lambda one: (one["acv"] or 0, one["number"]))  # fmt: skip

    def may(self, context: Context) -> None:
        """April's largest contract was half of what was written."""
        self.shell(
            "record", "edit", "contract", self.largest(context, "2026-04")["number"], "acv=9000", "--accept-posting"
        )

    def july(self, context: Context) -> None:
        """From July on more is paid above the quota."""
        edit(context, self.plan, "    tiers:\n      - from 0%: 1 x base_rate\n      - from 100%: 1.5 x base_rate\n"
             "      - from 125%: 2 x base_rate\n",
             "    tiers:\n      2026-04-01:\n        - from 0%: 1 x base_rate\n        - from 100%: 1.5 x base_rate\n"
             "        - from 125%: 2 x base_rate\n      2026-07-01:\n        - from 0%: 1 x base_rate\n"
             "        - from 50%: 2 x base_rate\n",
             )  # fmt: skip

    def august(self, context: Context) -> None:
        """June's largest contract was shared from the start."""
        contract = self.largest(context, "2026-06")["number"]
        shares = [{"contract": contract, "person": "E011", "share": "50%"},
                  {"contract": contract, "person": "E012", "share": "50%"}]  # fmt: skip
        load(context.store, "credit-split", shares, feed="late-split")

    def september(self, context: Context) -> None:
        """One leaves in September."""
        name = next(one["name"] for one in people(context).values() if one["number"] == "E012")
        put(context, "person", number="E012", name=name, left="2026-09-11")

    def november(self, context: Context) -> None:
        """A contract of May turns up."""
        late = ("number=BK-LATE", "owner=E011", "signed=2026-05-20", "kind=new", "acv=50000", "amount=50000")
        self.shell("record", "add", "contract", *late, "currency=USD")

    def march(self, context: Context) -> None:
        """One is promoted."""
        put(context, "assignment", **{"person": "E011", "from": "2027-03-08", "role": "Sales Manager", "team": "East"})


def in_all(sums: dict[str, Sums]) -> dict[str, tuple[Decimal, Decimal]]:
    """Earned; kept, paid and carried together: after an edited file a cent may lie in the one or the other."""
    return {item: (each[0], each[1] + each[2]) for item, each in without_nothing(sums).items()}


MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december")  # fmt: skip


@pytest.mark.parametrize("company", [Huachen(), Acme()], ids=lambda one: one.name)
def test_a_year_month_by_month(company: Any, tmp_path: Path) -> None:
    shell = example(company.name, tmp_path / company.name)
    shell("import", "inbox/*", code=None)
    company.prepare(shell)
    with open_context(find_workspace(shell.folder), today=date(2027, 4, 5)) as context:
        open_month(context, context.parse_period(company.first), None)
        paid: dict[int, dict[str, str]] = {}
        month = context.parse_period(company.first)
        for _ in range(12):
            happening: Happening | None = getattr(company, MONTHS[month.start.month - 1], None)
            if happening is not None:
                happening(context)
            close_period(context, month)
            now = stored(context)
            assert {run: now[run] for run in paid} == paid, f"{month}: what was paid has moved"
            paid = now
            if happening is not None:
                assert in_all(posted(context)) == in_all(recomputed(context, month.label)), month
            month = month_of(month.last_day + ONE_DAY)
        moved = [text for results in paid.values() for text in results.values() if '"cause"' in text]
        assert len(moved) > 4, "something has come late"
        assert all(verify_run(context, run).is_same for run in closed_runs(context.store, "commission").values())
