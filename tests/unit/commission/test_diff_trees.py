"""In which rules two plans part, read off their texts."""

from __future__ import annotations

from typing import Any

from salescli.core.commission.diff.trees import MISSING, find_rules, narrowest, shift_tree, switch, text_of, value_at

TIERED: dict[str, Any] = {
    "format": "1",
    "plan": "a",
    "from": "2026-01-01",
    "components": {
        "sales": {
            "title": {"en": "Sales"},
            "type": "tiered",
            "tiers": [{"from 0": "1%"}, {"from 100": "2%"}, {"from 200": "3%"}],
            "needs": [{"metric": "x", "at_least": "70%"}],
        }
    },
    "payout": {"below_zero": "carry"},
}


def changed(*path: Any, value: Any) -> Any:
    return switch(TIERED, switch_value(path, value), path)


def switch_value(path: tuple[Any, ...], value: Any) -> Any:
    for key in reversed(path):
        value = [None] * key + [value] if isinstance(key, int) else {key: value}
    return value


def test_same_plan_has_no_rules_whatever_it_is_called() -> None:
    other = changed("plan", value="b")
    assert find_rules(TIERED, TIERED) == []
    assert find_rules(TIERED, other) == []
    assert find_rules(TIERED, changed("components", "sales", "title", value={"en": "Other"})) == []


def test_tables_of_one_length_part_line_by_line() -> None:
    tiers = [{"from 0": "1%"}, {"from 100": "2.5%"}, {"from 250": "3%"}]
    other = changed("components", "sales", "tiers", value=tiers)
    path = ("components", "sales", "tiers")
    assert find_rules(TIERED, other) == [(*path, 1), (*path, 2)]
    assert narrowest(TIERED, other, (*path, 1)) == (*path, 1, "from 100")
    assert text_of(value_at(other, (*path, 2))) == "from 250: 3%"


def test_table_with_another_length_is_one_rule_and_points_at_its_first_line() -> None:
    tiers = [{"from 0": "1%"}, {"from 50": "2%"}, {"from 100": "2%"}, {"from 200": "3%"}]
    other = changed("components", "sales", "tiers", value=tiers)
    path = ("components", "sales", "tiers")
    assert find_rules(TIERED, other) == [path]
    assert narrowest(TIERED, other, path) == (*path, 1)


def test_rules_come_in_the_order_of_the_file_new_keys_after_the_one_they_follow() -> None:
    other = switch(TIERED, {"limits": [{"at_most": "5"}]}, ("limits",))
    other["components"]["new"] = {"type": "rate"}
    other["components"]["sales"]["times"] = [{"metric": "y"}]
    other["components"]["sales"]["tiers"][0] = {"from 0": "9%"}
    other["payout"]["below_zero"] = "list"
    assert find_rules(TIERED, other) == [
        ("components", "sales", "tiers", 0),
        ("components", "sales", "times"),
        ("components", "new"),
        ("payout", "below_zero"),
        ("limits",),
    ]


def test_component_of_another_type_is_one_rule() -> None:
    other = changed("components", "sales", value={"type": "rate", "rate": "1%"})
    assert find_rules(TIERED, other) == [("components", "sales")]


def test_switching_every_rule_gives_the_other_plan() -> None:
    other = changed("components", "sales", "tiers", value=[{"from 0": "1%"}])
    del other["components"]["sales"]["needs"]
    other["components"]["new"] = {"type": "rate"}
    tree = TIERED
    for path in find_rules(TIERED, other):
        tree = switch(tree, other, path)
    assert tree == other
    assert value_at(tree, ("components", "sales", "needs")) is MISSING


def test_days_move_by_whole_years_as_keys_too_and_a_last_day_stays_one() -> None:
    tree = {"from": "2026-01-01", "through": "2024-02-29", "tiers": {"2026-07-01": ["from 0: 1%"]}, "name": "2026"}
    assert shift_tree(tree, 1) == {
        "from": "2025-01-01",
        "through": "2023-02-28",
        "tiers": {"2025-07-01": ["from 0: 1%"]},
        "name": "2026",
    }
