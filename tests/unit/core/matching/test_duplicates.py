"""Which records may be one: identifiers, likeness that bridges no number, groups, and what forbids."""

from __future__ import annotations

from difflib import SequenceMatcher

import pytest

from salescli.core.matching.company import company_key, company_words
from salescli.core.matching.duplicates import MOST_SHARED, Subject, find_duplicates
from salescli.core.matching.identifiers import domain_of, email_of, phone_of, tax_id_of
from salescli.core.matching.likeness import candidate_pairs, likeness


def near(one: str, other: str) -> int:
    return int(1000 * SequenceMatcher(None, one, other, autojunk=False).ratio())


def subject(entity: int, name: str = "", only: str = "", **identifiers: str) -> Subject:
    given = {key.replace("_", "-"): frozenset([value]) for key, value in identifiers.items()}
    if only:
        given["tax-id"] = frozenset([only])
    return Subject(entity, company_key(name), given, only, company_words(name) if name else "")


def groups(*subjects: Subject) -> list[tuple[tuple[int, ...], bool]]:
    return [(group.entities, group.is_firm) for group in find_duplicates(subjects, near).groups]


@pytest.mark.parametrize(
    ("read", "text", "expected"),
    [
        (tax_id_of, " 91310000 ma1k3yjx7b ", "91310000MA1K3YJX7B"),
        (tax_id_of, "无", ""),
        (tax_id_of, "00000000", ""),
        (phone_of, "+86 138 0013 8000", "13800138000"),
        (phone_of, "0086-021-68880001", "2168880001"),
        (phone_of, "021-68880001转802", "2168880001"),
        (phone_of, "(021)6888 0001 / 139 0000 0002", "2168880001"),
        (phone_of, "8620000", "8620000"),
        (phone_of, "0000000", ""),
        (phone_of, "110", ""),
        (email_of, "A@B.CN", "a@b.cn"),
        (email_of, "无邮箱", ""),
        (domain_of, "HTTP://www.Acme.com.cn/zh?x=1", "acme.com.cn"),
        (domain_of, "sales@163.com", ""),
        (domain_of, "acme", ""),
    ],
)
def test_identifiers_have_one_spelling(read, text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("one", "other", "is_alike"),
    [
        ("上海港通国际物流", "上海港通国际物硫", True),
        ("上海港通", "上海港通物流", True),
        ("港通国际物流", "上海港通国际物流", True),
        ("contoso logistics", "contosso logistics", True),
        ("globex industries", "globex industrie", True),
        ("北京第一机床厂", "北京第二机床厂", False),
        ("上海港通物流3部", "上海港通物流4部", False),
        ("东方明珠传媒", "西方明珠传媒", False),
        ("华为技术", "华为技术北京分公司", False),
        ("上海港通物流", "上海港通贸易", False),
        ("王方", "王芳", False),
        ("acme", "acne", False),
        ("ford", "fordham", False),
    ],
)
def test_likeness_bridges_typos_and_no_numbers(one: str, other: str, is_alike: bool) -> None:
    assert (likeness(one, other, near) > 0) is is_alike
    assert likeness(one, other, near) == likeness(other, one, near)


def test_identifiers_come_first_and_names_that_are_alike_are_only_proposed() -> None:
    found = groups(
        subject(1, "上海港通有限公司"),
        subject(2, "上海港通股份有限公司"),
        subject(3, "甲", phone="13800138000"),
        subject(4, "乙", phone="13800138000"),
        subject(5, "宁波远洋国际物流"),
        subject(6, "宁波远洋国际物硫"),
        subject(7, "完全不同的公司"),
    )
    assert found == [((3, 4), True), ((1, 2), True), ((5, 6), False)]


def test_groups_are_transitive() -> None:
    found = groups(
        subject(1, "港通", phone="1380013800"), subject(2, "远洋", phone="1380013800"), subject(3, "远洋有限公司")
    )
    assert found == [((1, 2, 3), True)]


def test_two_tax_ids_are_two_companies_whatever_else_agrees() -> None:
    subjects = [
        subject(1, "港通物流", only="91310000MA1K3YJX7B"),
        subject(2, "港通物流有限公司", only="91310000MA1K3YJX7C"),
        subject(3, "港通物流有限公司"),
    ]
    found = find_duplicates(subjects, near)
    assert [(pair.one, pair.other) for pair in found.denied] == [(1, 2)]
    assert len(found.groups) == 1 and not {1, 2} <= set(found.groups[0].entities), "not by way of a third either"


def test_what_many_share_identifies_none() -> None:
    many = [subject(n, f"公司{'甲乙丙丁戊己庚辛壬癸'[n % 10] * (n // 10 + 1)}", phone="4008001234") for n in range(25)]
    assert len(many) > MOST_SHARED
    found = find_duplicates(many, None)
    assert found.groups == [] and found.common == [("phone", "4008001234", 25)]


def test_people_who_share_a_name_are_only_maybe_one() -> None:
    people = [Subject(1, "王芳", is_named_surely=False), Subject(2, "王芳", is_named_surely=False)]
    (group,) = find_duplicates(people, near).groups
    assert group.entities == (1, 2) and not group.is_firm


def test_the_order_of_records_does_not_matter() -> None:
    names = ["上海港通国际物流", "上海港通国际物硫", "港通国际物流", "宁波远洋", "宁波远洋有限公司", "Contoso"]
    subjects = [subject(n, name) for n, name in enumerate(names)]
    assert find_duplicates(subjects, near).groups == find_duplicates(subjects[::-1], near).groups


def test_the_number_of_pairs_looked_at_grows_with_the_number_of_names() -> None:
    """Names that share frequent parts are not all held against each other."""
    words = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜"
    names = [f"上海{words[n % 40]}{words[n // 40 % 40]}{words[n // 7 % 40]}科技" for n in range(4000)]
    assert sum(1 for _ in candidate_pairs(sorted(set(names)))) < 40 * len(names)
