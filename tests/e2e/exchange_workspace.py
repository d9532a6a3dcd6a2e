"""A company that pays in dollars and sells in pounds and euros too: the account executives' plan, end to end."""

from __future__ import annotations

from pathlib import Path

from tests.shell import Shell

PLAN = """format: 1
plan: ae-fy2026
title: {zh: 美国区客户主管 2026 财年方案, en: Account executive plan FY2026}
for: {role: account-executive}
from: 2026-04-01
through: 2027-03-31
currency: USD
pay: monthly
rates_in_force_on: signing-date
exchange: {rates: plan-rate, on: signing-date, if_missing: stop, plan_rates: {GBP: 1.25, EUR: 1.2}}
part_period: {count: calendar-days, scale: [limits, draw]}

components:

  new-acv:
    title: {zh: 新签年合同额提成, en: New ACV commission}
    type: tiered
    pays_on: bookings-acv
    credit: own
    adds_up_over: year
    tier_by: {attainment_of: bookings-acv, of: own, quota: full-window, level: base}
    base_rate: target-incentive / quota
    apply: slice-by-slice
    tiers:
      - from 0%: 1 x base_rate
      - from 100%: 1.5 x base_rate
      - from 125%: 2 x base_rate
    when_quota_is_zero: {rate: 10%}
    when_quota_changes: from-then-on
    refunds: recompute

  spif-guard:
    title: {zh: Guard 产品竞赛, en: Guard SPIF}
    type: per-unit
    pays_on: new-logos
    credit: own
    only: {product.family: [Guard]}
    from: 2026-05-01
    through: 2026-06-30
    amount: 500
    shared_unit: divide
    refunds: recompute

limits:
  - at_most: 300% of target-incentive
    of: [new-acv]
    over: year
    excess: lost

payout:
  draw:
    tops_up_to: 4,000
    for_months: 6
    recover: 50% of pay above the draw
    recover_from_month: 4
    at_plan_end: forgiven
  below_zero: carry
  round_to: 0.01

leavers:
  receipts_after_last_day: {own_share: 0%, for_days: 0, rest_to: house}
  open_windows: end-on-last-day
  held_money: on-its-date
  owed_to_company: list
"""
METRICS = """bookings-acv:
  {title: {zh: 新签年合同额, en: New ACV booked}, of: contract, value: sum acv, date: signed, where: {kind: [new, expansion]}, credit: split, unit: money}
new-logos:
  {title: {zh: 新客户签约数, en: New logos}, of: contract, value: count, date: signed, where: {kind: new}, credit: split, unit: count}
"""
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
