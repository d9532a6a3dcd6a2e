"""Names in fact sheets: a slip is proposed with the option that accepts it; names introduced twice are listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.shell import Shell

PRODUCTS = "product,series,sales_price\nGTX Basic,GTX,550\nGTX Pro,GTX,4821\nMG Special,MG,55\n"
DEALS = (
    "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"
    "1C1I7A6R,Moses Frase,GTX Basic,Cancity,Won,2016-10-20,2017-03-01,1054\n"
    "Z063OYW0,Darcel Schlecht,GTXPro,Isdom,Won,2016-10-25,2017-03-11,4514\n"
    "EC4QE1BX,Darcel Schlecht,MG Special,Cancity,Won,2016-10-25,2017-03-07,50\n"
)
ALIAS = ("--alias", "product:GTXPro=GTX Pro")
AS_THEY_ARE = ("--lang", "en", "--no-remember")


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    shell = Shell(tmp_path)
    shell("init", "--name", "x")
    (tmp_path / "products.csv").write_text(PRODUCTS, encoding="utf-8")
    (tmp_path / "deals.csv").write_text(DEALS, encoding="utf-8")
    return shell


def products(shell: Shell) -> list[str]:
    rows = shell("record", "list", "deal", "-O", "json").table("records")
    return sorted(row["product"] for row in rows)


def test_the_slip_is_proposed_and_accepted_in_a_second_command(shell: Shell) -> None:
    first = shell("import", "products.csv", "deals.csv", *AS_THEY_ARE, code=1)
    assert "--alias 'product:GTXPro=GTX Pro'" in first.err
    assert products(shell) == ["GTX Basic", "MG Special"]
    shell("import", "deals.csv", *ALIAS, *AS_THEY_ARE)
    assert products(shell) == ["GTX Basic", "GTX Pro", "MG Special"]
    assert "no batch written" in shell("import", "deals.csv", *AS_THEY_ARE).out, "accepted once, it is kept"
    assert "GTXPro" in shell("record", "show", "product", "GTX Pro").out


@pytest.mark.parametrize("word", ["product", "产品", "Products"])
def test_it_is_accepted_in_the_command_that_brings_the_list(shell: Shell, word: str) -> None:
    shell("import", "deals.csv", "products.csv", "--alias", f"{word}:GTXPro=GTX Pro", *AS_THEY_ARE)
    assert products(shell) == ["GTX Basic", "GTX Pro", "MG Special"]
    assert "no batch written" in shell("import", "deals.csv", "products.csv", *AS_THEY_ARE).out


def test_a_slip_in_what_is_meant_changes_nothing(shell: Shell) -> None:
    done = shell("import", "products.csv", "deals.csv", "--alias", "product:GTXPro=GTX Po", *AS_THEY_ARE, code=1)
    assert "unknown-record" in done.err and "`GTX Pro`" in done.err
    assert shell("record", "list", "deal", "-O", "json").table("records") == []


def test_names_that_a_fact_sheet_introduces_twice_are_listed(shell: Shell) -> None:
    rows = "回款编号,回款日期,客户名称,回款金额\nR1,2026-03-01,上海港通,10\nR2,2026-03-02,上海港通有限公司,20\n"
    (shell.folder / "回款.csv").write_text(rows, encoding="utf-8")
    done = shell("import", "回款.csv", *AS_THEY_ARE)
    assert "introduced-alike" in done.err
    assert "salescli record merge customer 上海港通 上海港通有限公司" in done.err
    (shell.folder / "回款4.csv").write_text(
        "回款编号,回款日期,客户名称,回款金额\nR3,2026-04-01,上海 港通,10\n", encoding="utf-8"
    )
    again = shell("import", "回款4.csv", *AS_THEY_ARE)
    assert "`上海港通` = `上海港通有限公司` = `上海 港通`" in again.err
    shell("record", "merge", "customer", "上海港通", "上海港通有限公司", "上海 港通")
    assert "no batch written" in shell("import", "回款.csv", "回款4.csv", *AS_THEY_ARE).out
    assert shell("record", "dedupe", "customer", "-O", "json").table("same") == []
