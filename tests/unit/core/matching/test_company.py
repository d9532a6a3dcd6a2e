"""Names of companies: what is the same without its legal form, and what must stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.matching.company import company_key

SAME = [
    ("华为技术有限公司", "华为技术"),
    ("华为技术有限公司", "华为技术股份有限公司"),
    ("华为技术有限公司", "华为技术有限责任公司"),
    ("华为技术(深圳)有限公司", "华为技术深圳有限公司"),
    ("华为技术 (深圳) 有限公司", "华为技术(深圳)"),
    ("上海 港通 有限公司", "上海港通"),
    ("上海港通有限公司", "上海港通股份公司"),
    ("上海港通公司", "上海港通"),
    ("上海港通有限", "上海港通"),
    ("贵州茅台酒股份有限公司", "贵州茅台酒股份"),
    ("海尔集团公司", "海尔集团有限公司"),
    ("华为技术有限公司北京分公司", "华为技术北京分公司"),
    ("启明投资合伙企业(有限合伙)", "启明投资合伙企业"),
    ("ＡＢＣ科技有限公司", "abc科技"),
    ("3M中国有限公司", "3M 中国"),
    ("华为Technologies(深圳)Co.,Ltd", "华为 Technologies 深圳"),
    ("腾讯控股有限公司", "腾讯控股"),
    ("トヨタ自動車株式会社", "トヨタ自動車"),
    ("株式会社日立製作所", "日立製作所"),
    ("㈱日立製作所", "日立製作所"),
    ("Contoso Co., Ltd.", "Contoso"),
    ("Contoso CO.,LTD", "CONTOSO CO LTD"),
    ("Contoso Company Limited", "Contoso Ltd"),
    ("Contoso, Inc.", "contoso"),
    ("Contoso L.L.C.", "Contoso LLC"),
    ("Contoso Corporation", "Contoso Corp."),
    ("The Boeing Company", "Boeing Co."),
    ("Nestlé S.A.", "Nestle SA"),
    ("Müller GmbH & Co. KG", "Muller GmbH"),
    ("Müller GmbH", "Müller"),
    ("Vodafone Group PLC", "Vodafone Group"),
    ("Maersk A/S", "Maersk"),
    ("Foo Pty. Ltd.", "Foo"),
    ("Foo Pte Ltd", "Foo Private Limited"),
    ("Foo (Pvt.) Ltd.", "Foo"),
    ("Foo Sdn. Bhd.", "Foo"),
    ("Foo Sp. z o.o.", "Foo"),
    ("Foo S.A. de C.V.", "Foo"),
    ("Foo S.r.l.", "Foo SRL"),
    ("Foo B.V.", "foo"),
    ("Marks & Spencer plc", "Marks and Spencer"),
    ("Johnson-Johnson Inc", "Johnson Johnson"),
    ("McDonald's Corp", "McDonalds"),
    ("Tiffany & Co.", "Tiffany & Company"),
    ("J.P. Morgan", "JP Morgan"),
    ("Canal+ S.A.", "CANAL+"),
]

APART = [
    ("华为技术(深圳)有限公司", "华为技术有限公司"),
    ("华为技术(深圳)有限公司", "华为技术(北京)有限公司"),
    ("华为技术有限公司北京分公司", "华为技术有限公司"),
    ("华为技术有限公司北京分公司", "华为技术有限公司北京"),
    ("中国电信集团有限公司", "中国电信股份有限公司"),
    ("中石油总公司", "中石油"),
    ("上海公司", "上海"),
    ("腾讯控股有限公司", "腾讯科技有限公司"),
    ("北京第一机床厂", "北京第二机床厂"),
    ("上海港通物流有限公司", "上海港通贸易有限公司"),
    ("启明投资合伙企业", "启明投资有限公司"),
    ("トヨタ自動車", "トヨダ自動車"),
    ("Vodafone Group PLC", "Vodafone Ltd"),
    ("Foo Holdings Ltd", "Foo Ltd"),
    ("Foo (UK) Ltd", "Foo (US) Inc"),
    ("Store 1 2 Ltd", "Store 12 Ltd"),
    ("Tiffany & Co.", "Tiffany Ltd"),
    ("Canal+", "Canal"),
    ("A Education Ltd", "A+ Education Ltd"),
    ("7-11 Ltd", "711 Ltd"),
    ("Acme Bank", "Acme Foundation"),
    ("Acme East", "Acme West"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_legal_form_does_not_count(one: str, other: str) -> None:
    assert company_key(one) == company_key(other) != ""


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_companies_stay_apart(one: str, other: str) -> None:
    assert company_key(one) != company_key(other)


@pytest.mark.parametrize("name", ["有限公司", "公司", "Limited", "Co., Ltd.", "The Limited", "株式会社", "SAS", "S.A."])
def test_a_name_that_is_only_a_form_keeps_it(name: str) -> None:
    assert company_key(name) != ""


def test_what_has_no_letter_has_no_key() -> None:
    assert [company_key(text) for text in ("", "  ", "--", "()")] == [""] * 4


@given(st.text(alphabet="上海港通华为技术有限公司股份()(). &Aabcoltd 12的分", max_size=16))
def test_a_key_is_its_own_key_but_for_what_a_second_reading_takes(name: str) -> None:
    """Case and spaces around never count, and no name loses everything."""
    assert company_key(f"  {name.upper()} ") == company_key(name)
    assert bool(company_key(name)) == any(each.isalnum() for each in name) or "&" in name
