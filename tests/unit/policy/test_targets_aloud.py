"""A target policy in sentences: every key is said, in both languages, with its line."""

from __future__ import annotations

import pytest

from salescli.core.quotas.methods.registry import METHODS
from salescli.core.title import Title
from salescli.policy.sentences.targets import SAID, WORDS, read_targets_aloud, targets_sentences
from salescli.policy.targets import read_targets

TEXT = """format: 1
targets: t
for_year: 2026
metric: receipts-net
currency: CNY
rationale: {zh: 续约, en: renewals}
growth: 20%
base: 2024-11-01 through 2025-10-31
levels: {base: 100%, stretch: 110%}
teams: {split_by: {history: 70%, equal: 30%}, street_above: 3%, rationale: {T1: new}}
people:
  split_by: history
  without_history: team-median
  at_least: 90% of own last year
  ramp: {rep: [0%, 50%]}
  ramp_gap: open
  vacant_seats: [{seat: S1, team: T1}]
  fixed: [{person: P1, period: 2026-Q1, amount: 900_000, rest: own-year}]
months: {split_by: seasonal, history: [2024, 2025], pull_to_equal: 50%, together: [[1, 2]]}
round_to: 1,000
band: 2%
"""


def aloud(language, text=TEXT):
    document = read_targets(text, "t.yaml")
    titles = {"receipts-net": Title("回款", "Receipts")}
    reasons = {("round_to",): Title("约百分之一", "about 1%")}
    return dict(read_targets_aloud(document, language, titles, reasons).lines)


def test_every_key_is_said_once_with_its_line():
    document = read_targets(TEXT, "t.yaml")
    said = [one.path for one in targets_sentences(document.plain)]
    inner = [(key, below) for key in ("teams", "people", "months") for below in document.plain[key]]
    rest = [(key,) for key in document.plain if key not in ("teams", "people", "months", "format", "for_year",
                                                            "metric", "currency")]  # fmt: skip
    assert sorted(said) == sorted([*inner, *rest])
    assert aloud("en")["Figures are rounded to 1,000. (default: about 1%)"] == "t.yaml:20"


def test_the_words_are_those_of_the_language():
    zh, en = aloud("zh"), aloud("en")
    assert "「t」:2026 年 「回款」(receipts-net) 的目标,以 CNY 计。" in zh
    assert "基期:2024-11-01 至 2025-10-31。" in zh
    assert "个人目标不低于 本人去年的 90%。" in zh
    assert "理由:续约" in zh
    assert "固定目标:P1 2026-Q1 900,000 本人全年。" in zh
    assert "Why: renewals" in en
    assert "Teams share the company's year by past figures 70%, equally 30%." in en
    assert "Months with one index between them: 1+2." in en


def test_a_key_without_words_is_said_as_it_is():
    plain = read_targets(TEXT, "t.yaml").plain | {"quarters": {"a": ["1", "2"]}}
    assert Title("`quarters`:a 1、2。", "`quarters`: a 1, 2.") in [one.text for one in targets_sentences(plain)]


@pytest.mark.parametrize("method", METHODS)
def test_every_method_has_words(method):
    assert WORDS[method].zh and WORDS[method].en


def test_every_sentence_has_a_place_for_its_value():
    assert all(zh.count("{}") == en.count("{}") == 1 for _, zh, en in SAID)
