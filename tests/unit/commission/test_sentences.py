"""A plan read aloud says every key: what no sentence says, the engine must not do."""

from typing import Literal, get_args, get_origin

import pytest

from salescli.core.commission.check import check_plan
from salescli.core.commission.components.registry import COMPONENT_TYPES
from salescli.core.commission.credit_factors import DaysFactor, FieldFactor
from salescli.core.commission.draw import Deductions, Draw
from salescli.core.commission.exchange import Exchange
from salescli.core.commission.factors import GradeFactor, MetricFactor
from salescli.core.commission.gates import Gate
from salescli.core.commission.limits import Limit
from salescli.core.commission.payout import AfterLeaving, Holdback, Leavers, Payout
from salescli.core.commission.pays_in import PaidPart
from salescli.core.commission.plan import PartPeriod, Plan
from salescli.core.commission.special_rates import SpecialRates
from salescli.policy.plans import load_plan
from salescli.policy.sentences.components import COMPONENT_SENTENCES, TYPE_WORDS
from salescli.policy.sentences.plan import plan_sentences, read_plan_aloud
from tests.unit.commission.plans import FULL, SMALL


def leaves(value, path=()):
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, (*path, index))
    else:
        yield path


@pytest.mark.parametrize("text", [SMALL, FULL])
def test_every_value_of_a_plan_is_in_a_sentence(text):
    plan_file = load_plan(text)
    said = {path for one in plan_sentences(plan_file.require()) for path in one.says}
    unsaid = [
        path
        for path in leaves(plan_file.document.plain)
        if not any(path[:length] in said for length in range(1, len(path) + 1))
    ]
    assert unsaid == []


def test_what_is_said_stands_in_the_file():
    plan_file = load_plan(FULL)
    known = set(plan_file.document.tree.keys) | set(plan_file.document.tree.values)
    assert [one.says for one in plan_sentences(plan_file.require()) if not set(one.says) <= known] == []


def test_the_full_plan_uses_every_key_that_is_computed():
    """Otherwise the test above proves nothing about the missing key."""
    plain = load_plan(FULL).document.plain
    used = {key for path in leaves(plain) for key in path}
    shapes = [
        Plan,
        Payout,
        PartPeriod,
        Exchange,
        Draw,
        Deductions,
        Limit,
        Holdback,
        Leavers,
        AfterLeaving,
        Gate,
        GradeFactor,
        MetricFactor,
        FieldFactor,
        DaysFactor,
        PaidPart,
        SpecialRates,
    ]
    shapes += [one.shape for one in COMPONENT_TYPES.values()]
    later = {"advance"}
    assert {key for shape in shapes for key in shape.shape_keys()} - later - used == set()


def test_every_type_has_its_sentences():
    assert set(COMPONENT_SENTENCES) == set(TYPE_WORDS) == set(COMPONENT_TYPES)


def literal_fields():
    shapes = [Gate, GradeFactor, MetricFactor, Limit, Holdback, Leavers, AfterLeaving, Draw, PartPeriod, Payout, Plan]
    shapes += [Exchange, PaidPart]
    shapes += [one.shape for one in COMPONENT_TYPES.values()]
    for shape in shapes:
        for name, field in shape.model_fields.items():
            options = [one for part in (field.annotation, *get_args(field.annotation)) for one in _options(part)]
            for option in options:
                yield field.alias or name, option


def _options(annotation):
    return get_args(annotation) if get_origin(annotation) is Literal else ()


@pytest.mark.parametrize(("key", "option"), sorted(set(literal_fields())))
def test_every_choice_that_is_computed_has_its_own_words(key, option):
    """Put each word where the full plan has another: it is refused, or the sentences change."""
    base = load_plan(FULL)
    before = [one.text for one in plan_sentences(base.require())]
    changed = 0
    lines = FULL.splitlines()
    for number, line in enumerate(lines):
        at = line.find(f"{key}: ")
        if at < 0 or key == "type":
            continue
        start = at + len(key) + 2
        word = line[start:].split(",")[0].split("}")[0].strip()
        if word == option or not word or word[0] in "[{":
            continue
        text = "\n".join([*lines[:number], line[:start] + option + line[start + len(word) :], *lines[number + 1 :]])
        plan_file = load_plan(text)
        if plan_file.plan is None:
            continue
        assert check_plan(plan_file.plan) == []
        assert [one.text for one in plan_sentences(plan_file.plan)] != before
        changed += 1
    assert changed or key in FULL


def test_it_reads_in_both_languages_with_the_place_of_each_sentence():
    plan_file = load_plan(SMALL, "plans/small.yaml")
    zh, en = read_plan_aloud(plan_file, "zh"), read_plan_aloud(plan_file, "en")
    assert [place for _, place in zh.lines] == [place for _, place in en.lines]
    assert ("· 从 500,000 起(含):5 %", "plans/small.yaml:20") in zh.lines
    assert zh.numbered


@pytest.mark.parametrize(
    ("bound", "says"),
    [
        ("500", "When its window ends it comes to at least 500."),
        ("-1,000", "Its window to date never comes to less than -1,000."),
        ("{2026-01-01: -1_000, 2026-07-01: 500}", "zero or less counts at any time."),
    ],
)
def test_a_floor_says_when_it_counts(bound, says):
    """What is to be reached counts when the window ends; a limit of losses counts in each run."""
    text = FLOORED.replace("BOUND", bound)
    lines = [line for line, _ in read_plan_aloud(load_plan(text), "en", {}).lines]
    assert any(line.endswith(says) for line in lines), lines


FLOORED = """format: 1
plan: floored
title: floored
for: {role: seller}
from: 2026-01-01
through: 2026-12-31
currency: CNY
pay: monthly
rates_in_force_on: receipt-date
part_period: nothing-scaled
components:
  sales:
    type: rate
    pays_on: sales
    credit: own
    rate: 10%
    adds_up_over: quarter
    at_least: BOUND
    refunds: recompute
payout: {below_zero: carry, round_to: 0.01}
"""
