"""The conformance suite: published examples hold, and every one of them is here."""

from pathlib import Path

import pytest

from tests.case_files import assert_holds, case_parameters

HERE = Path(__file__).parent


@pytest.mark.parametrize("placed", case_parameters(HERE))
def test_published_example_holds(placed):
    assert_holds(placed)
