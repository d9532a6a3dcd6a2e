"""Which name was meant: slips that people make, and what is never proposed."""

from __future__ import annotations

import pytest

from salescli.core.matching.nearest import NameIndex
from salescli.store.entities import letter_likeness

PRODUCTS = ["GTX Basic", "GTX Pro", "GTX Plus Basic", "GTX Plus Pro", "GTK 500", "MG Special", "MG Advanced"]
PEOPLE = [
    "王芳",
    "王磊",
    "王强",
    "赵磊",
    "李娜",
    "李雷",
    "张晓明",
    "陈国栋",
    "欧阳娜娜",
    "刘伟",
    "John Smith",
    "Anna Snelling",
]
COMPANIES = [
    "上海港通物流有限公司", "宁波远洋船务有限公司", "北京第一机床厂", "北京第二机床厂", "华为技术有限公司",
    "华为技术有限公司北京分公司", "Contoso Ltd.", "Globex Corporation", "深圳腾讯计算机系统有限公司", "阿里巴巴集团",
]  # fmt: skip


@pytest.mark.parametrize(
    ("names", "text", "meant"),
    [
        (PRODUCTS, "GTXPro", "GTX Pro"),
        (PRODUCTS, "gtx-pro", "GTX Pro"),
        (PRODUCTS, "GTX Plus  Pro", "GTX Plus Pro"),
        (PRODUCTS, "GTK500", "GTK 500"),
        (PRODUCTS, "MG Speical", "MG Special"),
        (PRODUCTS, "MG Advance", "MG Advanced"),
        (PEOPLE, "王方", "王芳"),
        (PEOPLE, "王 芳", "王芳"),
        (PEOPLE, "李那", "李娜"),
        (PEOPLE, "张小明", "张晓明"),
        (PEOPLE, "刘维", "刘伟"),
        (PEOPLE, "Jon Smith", "John Smith"),
        (PEOPLE, "john smith", "John Smith"),
        (PEOPLE, "Ana Snelling", "Anna Snelling"),
        (COMPANIES, "上海港通物流", "上海港通物流有限公司"),
        (COMPANIES, "上海港通物流公司", "上海港通物流有限公司"),
        (COMPANIES, "上海港通物硫有限公司", "上海港通物流有限公司"),
        (COMPANIES, "宁波远洋船务股份公司", "宁波远洋船务有限公司"),
        (COMPANIES, "CONTOSO", "Contoso Ltd."),
        (COMPANIES, "Globex Coporation", "Globex Corporation"),
        (COMPANIES, "深圳市腾讯计算机系统", "深圳腾讯计算机系统有限公司"),
        (COMPANIES, "华为技术", "华为技术有限公司"),
    ],
)
def test_slips_are_recognised(names: list[str], text: str, meant: str) -> None:
    assert NameIndex(names, letter_likeness(), are_companies=names is COMPANIES).find(text) == meant


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (PRODUCTS, "GTK 600"),
        (PRODUCTS, "GTX"),
        (PRODUCTS, "MG"),
        (PRODUCTS, "Alpha"),
        (PEOPLE, "王明"),
        (PEOPLE, "王"),
        (PEOPLE, "赵芳"),
        (PEOPLE, "李磊磊"),
        (PEOPLE, "陈国梁"),
        (PEOPLE, "孙悟空"),
        (PEOPLE, "Bob"),
        (PEOPLE, "Joan Smythe"),
        (COMPANIES, "北京第三机床厂"),
        (COMPANIES, "上海远东贸易有限公司"),
        (COMPANIES, "华为技术有限公司上海分公司"),
        (COMPANIES, "华为终端有限公司"),
        (COMPANIES, "Initech"),
        (COMPANIES, "有限公司"),
        (["C0001", "C0002", "C0003"], "C0009"),
        (["13800138000", "13900139000"], "13800138001"),
        (["上海港通有限公司", "上海港通股份有限公司"], "上海港通"),
        (["王芳", "王芳"], "王方"),
        ([], "王芳"),
        (PEOPLE, ""),
    ],
)
def test_nothing_silly_is_proposed(names: list[str], text: str) -> None:
    are_companies = names is COMPANIES or any("公司" in name for name in names)
    assert NameIndex(names, letter_likeness(), are_companies=are_companies).find(text) == ""
