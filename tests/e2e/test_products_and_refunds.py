"""One workspace, by its commands alone: rates by product and signing date, a promotion, refunds that take back."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.shell import Shell

HEAD = """format: 1
plan: {name}
title: {{zh: {title}, en: {title}}}
for: {{role: {name}}}
from: 2026-01-01
through: 2026-12-31
currency: USD
pay: monthly
rates_in_force_on: signing-date
part_period: nothing-scaled
components:
  receipts:
    type: tiered
    pays_on: receipts-gross
    credit: own{more}
    adds_up_over: year
    tier_by: amount
    apply: slice-by-slice
    tiers:
      2026-01-01: [from 0: 3%, from 500_000: 5%]
      2026-02-01: [from 0: {low}, from 500_000: {high}]
    refunds: {refunds}
"""
PRODUCTS = """  products:
    type: rate
    pays_on: receipts-gross
    credit: own
    owner_on: signing-date
    rate:
      by: [product.number, product.category]
      table: {GRD: 1%, Hardware: 25 each}
      otherwise: 0.5%
    refunds: original-rate
"""
PAYOUT = "payout: {below_zero: carry, round_to: 0.01}\n"
FILES = [
    (
        "people.csv",
        "person",
        "Employee Number,Full Name,Role,Team,Start Date\nE1,Ann Lee,seller,East,2020-01-01\n"
        "E2,Ben Cole,seller,East,2020-01-01\n",
    ),
    (
        "products.csv",
        "product",
        "Product Code,Product Name,Category\nGRD,Acme Guard,Software\nBOX,Acme Box,Hardware\n"
        "PLT,Acme Platform,Software\n",
    ),
    (
        "contracts.csv",
        "contract",
        "Contract number,Owner,Product,Signed,Amount,Currency\nK1,E1,GRD,2026-01-05,300000,USD\n"
        "K2,E1,BOX,2026-02-05,300000,USD\nK3,E1,PLT,2026-02-06,300000,USD\n",
    ),
    (
        "receipts.csv",
        "receipt",
        "Receipt number,Date,Contract number,Amount,Currency\nR1,2026-02-10,K1,300000,USD\n"
        "R2,2026-02-11,K2,300000,USD\nR3,2026-03-10,K3,100000,USD\n",
    ),
    ("refunds.csv", "refund", "Refund number,Date,Receipt number,Amount,Currency\nT1,2026-03-20,R1,100000,USD\n"),
]
SEATS = "Person,Role,Team,From\nE1,seller,East,2020-01-01\nE1,senior,East,2026-04-01\n"
APRIL = "Receipt number,Date,Contract number,Amount,Currency\nR4,2026-04-10,K3,100000,USD\n"
DAY = "--today=2026-05-05"


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    folder: Path = tmp_path_factory.mktemp("products") / "w"
    (folder / "config" / "plans").mkdir(parents=True)
    (folder / "salescli.yaml").write_text("name: Acme\ncurrency: USD\nlanguage: en\n", encoding="utf-8")
    seller = HEAD.format(name="seller", title="Seller", more="", low="4%", high="6%", refunds="original-rate")
    (folder / "config" / "plans" / "seller.yaml").write_text(seller + PRODUCTS + PAYOUT, encoding="utf-8")
    more = "\n    continues: seller.receipts"
    senior = HEAD.format(name="senior", title="Senior", more=more, low="5%", high="10%", refunds="recompute")
    (folder / "config" / "plans" / "senior.yaml").write_text(senior + PAYOUT, encoding="utf-8")
    shell = Shell(folder)
    for name, kind, text in FILES:
        (folder / name).write_text(text, encoding="utf-8")
        shell("import", name, "--as", kind, DAY)
    return shell


def explained(shell: Shell, month: str, language: str = "en") -> str:
    words = ("--person", "E1", DAY, "--width", "160", "--lang", language)
    return shell("commission", "explain", month, *words).out


def test_the_year_of_one_seller(shell: Shell) -> None:
    shell("commission", "open", "2026-01", DAY)
    for month in ("2026-01", "2026-02", "2026-03"):
        shell("commission", "close", month, DAY)
    said = explained(shell, "2026-02")
    assert "0 → 300,000   300,000.00 × 3 % = 9,000.00" in said, "signed in January"
    assert "500,000 → 600,000   100,000.00 × 6 % = 6,000.00" in said, "signed in February"
    assert "GRD 300,000.00 × 1 % = 3,000.00" in said and "Hardware 1 × 25.00 = 25.00" in said
    said = explained(shell, "2026-03")
    assert "refund T1 (of R1) takes back: 11,500.00 × 100,000 ÷ 300,000 = 3,833.33" in said
    assert "refund T1 (of R1) takes back: 3,000.00 × 100,000 ÷ 300,000 = 1,000.00" in said
    assert "refunds.csv!2" in said
    assert "退款 T1(原回款 R1)收回:3,000.00 × 100,000 ÷ 300,000 = 1,000.00" in explained(shell, "2026-03", "zh")
    people = shell("commission", "show", "2026-03", DAY, "-O", "json").table("people")
    assert [Decimal(one["earned"]) for one in people if one["key"] == "E1"] == [Decimal("1666.67")]

    (shell.folder / "seats.csv").write_text(SEATS, encoding="utf-8")
    shell("import", "seats.csv", "--as", "assignment", DAY)
    (shell.folder / "april.csv").write_text(APRIL, encoding="utf-8")
    shell("import", "april.csv", "--as", "receipt", DAY)
    shell("commission", "close", "2026-04", DAY)
    said = explained(shell, "2026-04")
    assert "600,000 → 700,000   100,000.00 × 10 % = 10,000.00" in said, "the position goes on under the new plan"
    assert "goes on from seller.receipts: at 600,000" in said
    shell("commission", "verify", DAY)


def test_both_plans_are_read_aloud(shell: Shell) -> None:
    for language, words in (
        (
            "en",
            (
                "25 for each sale",
                "takes back, in its own run, the pay of the receipt",
                "It goes on from seller.receipts",
            ),
        ),
        ("zh", ("每笔 25", "收回原回款所得的提成", "延续 seller.receipts")),
    ):
        said = "".join(
            shell("commission", "read", name, "--lang", language, "--width", "300").out for name in ("seller", "senior")
        )
        assert [one for one in words if one not in said] == []
