"""A sheet of what pays is never taken for another kind of what pays, whichever of its columns it has."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from salescli.core.records.model import RecordType
from salescli.importers.names import Vocabulary, parse_header
from salescli.importers.own_headers import LOOK_ALIKE
from salescli.importers.recognise import recognise
from tests.unit.importers.files import registry

WORDS = Vocabulary(registry())
PAYING = [each for each in registry().types if each.pays]


@st.composite
def headers(draw: st.DrawFn, kind: RecordType) -> list[str]:
    """Draw a header row: what is required and some of the rest, by any of their names, in any order."""
    fields = [each for each in kind.given if not each.is_helper]
    picked = [each for each in fields if each.required or draw(st.booleans())]
    words = [draw(st.sampled_from([each.title.zh, each.title.en, *each.aliases])) for each in picked]
    return draw(st.permutations(list(dict.fromkeys(words))))


@pytest.mark.parametrize("kind", PAYING, ids=lambda each: each.name)
@settings(suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_pays_is_not_taken_for_something_else_that_pays(kind: RecordType, data: Any) -> None:
    row = data.draw(headers(kind))
    if kind.name in LOOK_ALIKE:  # 日期 客户 金额 alone is a receipt: a refund or an invoice has a header that says so
        assume(any(WORDS.known.get(parse_header(text).name) == {kind.name} for text in row))
    result = recognise(row, WORDS, "Sheet1", "", {})
    assert result.match is None or result.match.type is kind or not result.match.type.pays, result.match
