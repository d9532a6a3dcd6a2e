"""The probability of a stage: as the process says, refused where it is none."""

from __future__ import annotations

import pytest

from salescli.messages import sentence
from salescli.policy.process import ProcessShape
from salescli.policy.reader import read_document

TEXT = """format: 1
process: own
stages:
  - {stage: open, title: Open, kind: open, probability: RATE}
  - {stage: won, title: Won, kind: won}
"""


def read(rate):
    return read_document(TEXT.replace("RATE", rate), ProcessShape, "process.yaml")


def test_it_is_a_share():
    stages = read("40%").require().stages
    assert [str(one.probability) for one in stages] == ["0.40", "None"]


@pytest.mark.parametrize(
    ("rate", "name"), [("140%", "number-too-large"), ("-5%", "number-too-small"), ("0.4", "rate-without-percent")]
)
def test_what_is_none(rate, name):
    (found,) = read(rate).problems
    assert (found.name, found.where.line, found.where.column) == (name, 4, 57)
    assert "<" not in sentence(found, "en") + sentence(found, "zh")
