"""Which type a sheet is, and which column is which field."""

from __future__ import annotations

import pytest

from salescli.importers.header import find_header
from salescli.importers.names import Vocabulary, parse_header, sheet_unit
from salescli.importers.reading import feed_of_stem
from salescli.importers.recognise import Recognised, recognise
from tests.unit.importers.files import RECEIPTS, registry

WORDS = Vocabulary(registry())


def found(headers: list[str], sheet: str = "Sheet1", stem: str = "三月") -> Recognised:
    return recognise(headers, WORDS, sheet, stem, {})


def type_of(headers: str, sheet: str = "Sheet1", stem: str = "三月") -> str:
    match = found(headers.split(), sheet, stem).match
    return match.type.name if match else ""


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ("日期 客户 金额 销售 备注", "receipt"),
        ("日期 客户名称 回款金额(万元) 业务员 合同号", "receipt"),
        ("日期 付款单位 到账金额 销售 合同编号 回款方式", "receipt"),
        ("工号 姓名 部门 岗位 直属主管 入职日期", "person"),
        ("姓名 岗位 团队 生效日期", "assignment"),
        ("商机编号 商机名称 客户 负责人 阶段 金额 预计成交日期 创建日期", "deal"),
        ("商机名称 阶段 日期 金额", "stage-change"),
        ("合同编号 客户 签订日期 合同金额 负责人", "contract"),
        ("合同号 期次 应收日期 应收金额", "payment-plan"),
        ("合同编号 姓名 比例", "credit-split"),
        ("月份 姓名 指标 目标值", "target"),
        ("退款日期 客户 退款金额 合同编号", "refund"),
        ("产品编号 产品名称 产品线 单价 成本", "product"),
        ("团队 主管 区域", "team"),
        ("opportunity_id sales_agent product account deal_stage engage_date close_date close_value", "deal"),
        ("account sector year_established revenue employees office_location subsidiary_of", "customer"),
        ("sales_agent manager regional_office", "person"),
        ("product series sales_price", "product"),
        ("地区 地区经理", "person"),
        ("订单ID 退回", ""),
        ("甲 乙 丙", ""),
    ],
)
def test_type_of_headers(headers: str, expected: str) -> None:
    assert type_of(headers) == expected


def test_names_of_sheet_and_file_decide() -> None:
    plain = "日期 客户 金额 销售 备注"
    assert type_of(plain, stem="三月退款") == "refund"
    assert type_of(plain, sheet="退款明细") == "refund"
    assert type_of("日期 合同号 金额 销售", sheet="回款") == "receipt"


def test_amounts_that_are_paid_on_are_not_lost_in_a_list_of_customers() -> None:
    """A receipts sheet with months for dates explains a list of customers: it is asked about, not taken for one."""
    recognised = found(["回款月份", "客户名称", "回款金额", "业务员"])
    assert (recognised.match, "receipt" in recognised.unclear) == (None, True)
    assert type_of("客户名称 行业 负责人 累计成交额") == "customer"
    assert type_of("客户名称 回款金额 业务员", stem="客户名单") == "customer"


def test_longest_name_counts() -> None:
    """回款计划 names the payment plan, not the receipt inside it; sales_teams no sales."""
    assert type_of("合同号 期次 到期日 金额", sheet="回款计划") == "payment-plan"
    assert type_of("sales_agent manager regional_office", stem="sales_teams") == "person"


def test_what_is_not_clear_is_not_guessed() -> None:
    result = found(["Company", "Stage", "Date", "Amount"], stem="data")
    assert result.match is None
    assert result.unclear == ("receipt",)


def test_number_and_name_of_one_reference() -> None:
    match = found(["行ID", "订单ID", "订单日期", "客户ID", "客户名称", "产品ID", "产品名称", "销售额"], "订单").match
    assert match is not None
    assert {name: match.columns[name] for name in ("customer", "customer_name", "product", "product_name")} == {
        "customer": 3, "customer_name": 4, "product": 5, "product_name": 6,
    }  # fmt: skip


def test_name_alone_is_the_reference() -> None:
    match = found(["行号", "订单号", "订单日期", "客户名称", "销售额"]).match
    assert match is not None
    assert match.columns["customer"] == 3
    assert "customer_name" not in match.columns


def test_first_declared_name_wins_where_two_headers_fit() -> None:
    match = found(["日期", "客户", "金额", "跟进人", "姓名", "业务员", "回款方式"], "回款").match
    assert match is not None
    assert match.columns["owner"] == 5
    assert match.beside == {}


def test_a_number_of_a_person_wins_over_the_name_beside_it() -> None:
    match = found(["日期", "客户", "金额", "姓名", "工号", "回款方式"], "回款").match
    assert match is not None
    assert (match.columns["owner"], match.beside) == (4, {"owner": 3})


def test_stated_columns_come_first() -> None:
    match = recognise(["日期", "客户", "金额", "到账"], WORDS, "回款", "", {"到账": "amount"}).match
    assert match is not None
    assert match.columns["amount"] == 3


@pytest.mark.parametrize(
    ("text", "name", "unit", "is_percent"),
    [
        ("回款金额 (万元)*", "回款金额", 10_000, False),
        ("金额（元）", "金额", 1, False),
        ("金额/千元", "金额", 1_000, False),
        ("合同金额(不含税)", "合同金额不含税", None, False),
        ("合同金额(含税)", "合同金额", None, False),
        ("赢率(%)", "赢率", None, True),
        ("Probability (%)", "probability", None, True),
        ("Close_Date", "closedate", None, False),
        ("ＡＭＯＵＮＴ", "amount", None, False),
        ("", "", None, False),
    ],
)
def test_headers_as_names(text: str, name: str, unit: int | None, is_percent: bool) -> None:
    header = parse_header(text)
    assert (header.name, header.unit, header.is_percent) == (name, unit, is_percent)


@pytest.mark.parametrize(
    ("text", "unit"),
    [("单位:万元", 10_000), ("(金额单位：人民币元)", 1), ("单位 千元", 1_000), ("单位名称", None), ("回款明细", None)],
)
def test_unit_above_the_table(text: str, unit: int | None) -> None:
    assert sheet_unit(text) == unit


def test_header_below_titles() -> None:
    rows = [["华辰 2026年3月回款"], [None], ["单位:万元"], list(RECEIPTS), ["2026-03-02", "甲", 1, "王", None]]
    header = find_header(rows, WORDS)
    assert header is not None
    assert (header.at, header.title_rows, header.unit, header.texts) == (3, 2, 10_000, RECEIPTS)


def test_header_in_two_rows() -> None:
    """日期 and 客户 are merged over two rows; 金额 has two columns under it."""
    rows = [
        ["日期", "客户", "回款", None, "业务员"],
        [None, None, "金额", "回款方式", None],
        ["2026-03-02", "甲", 1, "电汇", "王"],
    ]
    header = find_header(rows, WORDS)
    assert header is not None
    assert (header.at, header.depth, header.title_rows) == (1, 2, 0)
    assert header.texts == ("日期", "客户", "金额", "回款方式", "业务员")


def test_header_row_that_was_stated() -> None:
    header = find_header([["日期", "客户"], ["x", "y"], ["日期", "金额"]], WORDS, 2)
    assert header is not None
    assert header.texts == ("日期", "金额")


@pytest.mark.parametrize(
    ("stem", "feed"),
    [
        ("三月回款", "回款"),
        ("四月回款", "回款"),
        ("2026年03月-回款明细", "回款明细"),
        ("回款-3月", "回款"),
        ("三月商机.rejects", "商机"),
        ("Receipts_March-2026", "receipts"),
        ("sales_pipeline", "sales-pipeline"),
        ("marketing", "marketing"),
        ("202603", "202603"),
    ],
)
def test_feed_is_the_name_without_its_dates(stem: str, feed: str) -> None:
    assert feed_of_stem(stem) == feed
