"""Three teams with their managers: the sales managers' plan, whose pool and prizes depend on everybody, end to end."""

from __future__ import annotations

from pathlib import Path

from tests.shell import ROOT, Shell

MANAGERS = (ROOT / "tests" / "conformance" / "plans" / "sales-manager-2026.yaml").read_text(encoding="utf-8")
ACCOUNTS = """format: 1
plan: accounts-2026
title: {zh: 客户经理方案, en: Account managers}
for: {role: account-manager}
from: 2026-01-01
through: 2026-12-31
currency: CNY
pay: monthly
part_period: nothing-scaled
components:
  sales:
    title: {zh: 回款提成, en: Commission}
    type: rate
    pays_on: receipts-net
    credit: own
    rate: 1%
    refunds: recompute
payout: {below_zero: carry, round_to: 0.01}
"""
TEAMS = """Team number,Team name,Team manager
T1,East,Mia Fox
T2,West,Noah Gray
T3,North,Olga Hill
"""
PEOPLE = """Employee Number,Full Name,Role,Team,Manager,Start Date
M1,Mia Fox,sales-manager,East,,2020-01-01
M2,Noah Gray,sales-manager,West,,2020-01-01
M3,Olga Hill,sales-manager,North,,2020-01-01
E1,Ann Lee,account-manager,East,M1,2020-01-01
E2,Ben Cole,account-manager,East,M1,2020-01-01
E3,Cleo Hart,sales-engineer,East,M1,2020-01-01
E4,Dan Ivory,account-manager,West,M2,2020-01-01
E5,Eve Jung,account-manager,North,M3,2020-01-01
"""
RECEIPTS = """Receipt number,Date,Customer,Owner,Amount,Tax rate
R1,2026-01-10,Alder,E1,500000,0%
R2,2026-01-11,Birch,E2,500000,0%
R3,2026-01-12,Cedar,E3,500000,0%
R4,2026-02-10,Alder,E1,700000,0%
R5,2026-02-11,Birch,E2,700000,0%
R6,2026-02-12,Cedar,E3,400000,0%
R7,2026-03-10,Alder,E1,800000,0%
R8,2026-03-11,Birch,E2,700000,0%
R9,2026-03-12,Cedar,E3,500000,0%
R10,2026-03-13,Dune,M1,300000,0%
R11,2026-08-10,Alder,E1,16900000,0%
R12,2026-08-10,Elm,E4,9000000,0%
R13,2026-09-10,Fir,E5,10400000,0%
"""
REFUNDS = """Refund number,Date,Receipt number,Customer,Amount,Tax rate
F1,2026-04-08,R9,Cedar,100000,0%
"""


def quotas() -> str:
    """Each team's quota: 5 m in the first quarter of the first, 20 m, 8 m and 10 m in the year."""
    rows = []
    for metric in ("receipts-net", "receipts"):
        for month in range(1, 13):
            first = {1: 1_500_000, 2: 1_500_000, 3: 2_000_000}.get(month, 0)
            year = {"East": first or (15_000_000 if month == 8 else 0), "West": 0, "North": 0}
            year |= {"West": 8_000_000, "North": 10_000_000} if month == 12 else {}
            rows += [f"{metric},{team},2026-{month:02},{amount},CNY" for team, amount in year.items()]
    return "\n".join(["Metric,Team,Month,Target,Currency", *rows, ""])


def build_workspace(folder: Path, plans: dict[str, str] | None = None, *, director: str = "") -> Shell:
    """Make the workspace in a folder, with everything imported; `director` stands above the managers."""
    (folder / "config" / "plans").mkdir(parents=True)
    (folder / "inbox").mkdir()
    (folder / "salescli.yaml").write_text("name: Acme\ncurrency: CNY\nlanguage: en\n", encoding="utf-8")
    for name, text in (plans or {"managers": MANAGERS, "accounts": ACCOUNTS}).items():
        write_plan(folder, name, text)
    shell = Shell(folder)
    people = PEOPLE
    if director:
        people = PEOPLE.replace(",,2020", f",{director},2020") + f"{director},Dora King,director,East,,2020-01-01\n"
    bring(shell, "people.csv", "person", people)
    bring(shell, "teams.csv", "team", TEAMS)
    bring(shell, "receipts.csv", "receipt", RECEIPTS)
    bring(shell, "targets.csv", "target", quotas())
    return shell


def write_plan(folder: Path, name: str, text: str) -> None:
    """Write one plan."""
    (folder / "config" / "plans" / f"{name}.yaml").write_text(text, encoding="utf-8")


def bring(shell: Shell, name: str, kind: str, text: str) -> None:
    """Import one file."""
    path = shell.folder / "inbox" / name
    path.write_text(text, encoding="utf-8")
    shell("import", str(path), "--as", kind)
