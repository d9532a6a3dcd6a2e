"""A company that pays in dollars and sells in pounds and euros too: the account executives' plan, end to end."""

from __future__ import annotations

from pathlib import Path

from tests.shell import ROOT, Shell

WHOLE = (ROOT / "tests" / "conformance" / "plans" / "ae-fy2026.yaml").read_text(encoding="utf-8")
"""The plan as it is worked by hand in the conformance suite: it states no rates."""
BLOCK = "{rates: plan-rate, on: signing-date, if_missing: stop}"
RATES = BLOCK.replace("}", ", plan_rates: {GBP: 1.25, EUR: 1.2}}")


def plan(block: str) -> str:
    """Return the plan with another `exchange`."""
    assert WHOLE.count(BLOCK) == 1
    return WHOLE.replace(BLOCK, block)


PLAN = plan(RATES)
METRICS = (ROOT / "examples" / "acme" / "config" / "metrics.yaml").read_text(encoding="utf-8")
"""What a company with annual contract value measures: `bookings-acv` and `new-logos`."""
RECORDS = """format: 1
fields:
  contract:
    acv: {title: {zh: 年合同额, en: ACV}, kind: money}
"""
PEOPLE = """Employee Number,Full Name,Role,Team,Start Date
E1,Ann Lee,account-executive,East,2020-01-01
E2,Ben Cole,account-executive,East,2026-01-01
E3,Cleo Hart,assistant,East,2026-01-01
"""
TERMS = """Person,From,Target incentive,Currency
E1,2026-04-01,120000,USD
E2,2026-04-01,60000,USD
"""
PRODUCTS = """Product Code,Product Name,Product Family
GRD,Acme Guard,Guard
PLT,Acme Platform,Platform
"""
CONTRACTS = """Contract number,Account Name,Owner,Product,Signed,Kind,ACV,Amount,Currency
K1,Alder,Ann Lee,Acme Platform,2026-04-10,New,16000,16000,GBP
K2,Birch,Ann Lee,Acme Platform,2026-06-05,New,75000,75000,EUR
K3,Cedar,Ann Lee,Acme Platform,2026-07-07,Expansion,150000,150000,USD
K4,Dune,Ann Lee,Acme Platform,2026-08-07,New,30000,30000,USD
K5,Elm,Ann Lee,Acme Platform,2026-09-08,New,320000,320000,GBP
K6,Fir,Ben Cole,Acme Guard,2026-05-12,New,1000.01,1000.01,GBP
K7,Gum,Cleo Hart,Acme Platform,2026-05-12,New,5000,5000,CHF
"""
SPLITS = """Contract number,Person,Percent
K6,E2,50%
K6,E3,50%
"""


def quotas() -> str:
    """A quota of 100,000 a month for one, 50,000 for the other."""
    months = [f"2026-{month:02}" for month in range(4, 13)] + [f"2027-{month:02}" for month in range(1, 4)]
    rows = [
        f"bookings-acv,{person},{month},{amount},USD"
        for person, amount in (("E1", 100_000), ("E2", 50_000))
        for month in months
    ]
    return "\n".join(["Metric,Person,Month,Target,Currency", *rows, ""])


FILES = [
    ("people.csv", "person", PEOPLE),
    ("terms.csv", "person-terms", TERMS),
    ("products.csv", "product", PRODUCTS),
    ("contracts.csv", "contract", CONTRACTS),
    ("splits.csv", "credit-split", SPLITS),
    ("targets.csv", "target", quotas()),
]


def build_workspace(folder: Path, plan: str = PLAN, *, without: tuple[str, ...] = ()) -> Shell:
    """Make the workspace in a folder, with everything imported but the files named."""
    (folder / "config" / "plans").mkdir(parents=True)
    (folder / "inbox").mkdir()
    (folder / "salescli.yaml").write_text(
        "name: Acme\ncurrency: USD\nfiscal_year_start: 4\nfiscal_year_named: start\nlanguage: en\n", encoding="utf-8"
    )
    (folder / "config" / "plans" / "ae-fy2026.yaml").write_text(plan, encoding="utf-8")
    (folder / "config" / "metrics.yaml").write_text(METRICS, encoding="utf-8")
    (folder / "config" / "records.yaml").write_text(RECORDS, encoding="utf-8")
    shell = Shell(folder)
    for name, kind, text in FILES:
        if name not in without:
            bring(shell, name, kind, text)
    return shell


def bring(shell: Shell, name: str, kind: str, text: str) -> None:
    """Import one file."""
    path = shell.folder / "inbox" / name
    path.write_text(text, encoding="utf-8")
    shell("import", str(path), "--as", kind)
