"""Single keys of a policy are changed; every other character stays."""

from __future__ import annotations

import pytest

from salescli.policy.rewrite import rewrite
from salescli.policy.tree import parse_tree

TEXT = """# plan of the year
format: 1
amount: 96,000,000                   # agreed in November
teams:
  split_by: {history: 70%, equal: 30%}
  street_above: 3%                   # reserve
# people come next
people: {split_by: equal, street_above: 5%}
fixed:
  - {person: P1, amount: 5}
  # the last one
"""
ORDER = ("format", "amount", "growth", "base", "teams", "people")


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        (("amount",), "1.2亿", "96,000,000 ", "1.2亿 "),
        (("teams", "street_above"), "4%", "3% ", "4% "),
        (("teams", "split_by"), "equal", "{history: 70%, equal: 30%}", "equal"),
        (("people", "split_by"), "history", "split_by: equal,", "split_by: history,"),
        (("people", "street_above"), None, ", street_above: 5%}", "}"),
        (("people", "split_by"), None, "split_by: equal, ", ""),
        (("people", "ramp_gap"), "open", "5%}", "5%, ramp_gap: open}"),
        (("amount",), None, "amount: 96,000,000                   # agreed in November\n", ""),
        (("growth",), "20%", "in November\n", "in November\ngrowth: 20%\n"),
        (("teams", "weights"), "{A: 1}", "# reserve\n", "# reserve\n  weights: {A: 1}\n"),
        (("fixed",), "[]", "fixed:\n  - {person: P1, amount: 5}", "fixed: []"),
        (("months", "split_by"), "equal", "people: {split_by: equal, street_above: 5%}\n",
         "people: {split_by: equal, street_above: 5%}\nmonths: {split_by: equal}\n"),
        (("nothing",), None, "", ""),
    ],
)  # fmt: skip
def test_one_key_is_changed(path, value, old, new):
    assert rewrite(TEXT, [(path, value)], ORDER) == TEXT.replace(old, new, 1)


def test_several_changes_and_a_text_without_a_last_line_break():
    found = rewrite("a: 1\nb:\n  c: 2", [(("a",), None), (("b", "d"), "3"), (("e",), "4")])
    assert parse_tree(found, "").root == {"b": {"c": "2", "d": "3"}, "e": "4"}


def test_what_is_written_twice_is_the_same():
    once = rewrite(TEXT, [(("growth",), "20%")], ORDER)
    assert rewrite(once, [(("growth",), "20%")], ORDER) == once
