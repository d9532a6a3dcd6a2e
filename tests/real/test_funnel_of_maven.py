"""The waterfall and the velocity of a real pipeline agree with its published figures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.real.test_reference_figures import MAVEN, QUARTERS
from tests.shell import Shell


@pytest.fixture(scope="module")
def pipeline(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Shell:
    folder = tmp_path_factory.mktemp("maven-funnel")
    (folder / "salescli.yaml").write_text("name: Maven\ncurrency: USD\nlanguage: en\n", encoding="utf-8")
    (folder / "config" / "imports").mkdir(parents=True)
    (folder / "config" / "imports" / "maven.yaml").write_text(MAVEN, encoding="utf-8")
    shell = Shell(folder)
    shell("import", str(real_data / "maven-crm" / "*.csv"), "--profile", "maven")
    return shell


def waterfall(shell: Shell, *words: str) -> list[dict[str, object]]:
    return shell("funnel", "waterfall", *words, "--today", "2018-01-01", "-O", "json").table("waterfall")


def amount(row: dict[str, object], name: str) -> Decimal:
    return Decimal(str(row[name]))


@pytest.mark.parametrize(("quarter", "won"), QUARTERS.items())
def test_what_was_won_in_a_quarter_leaves_the_pipeline_then(pipeline, quarter, won):
    steps = {str(row["step"]): row for row in waterfall(pipeline, quarter)}
    assert amount(steps["Won"], "value") == -won
    moved = sum(amount(row, "value") for name, row in steps.items() if name not in ("Start", "End"))
    assert amount(steps["Start"], "value") + moved == amount(steps["End"], "value")


def test_quarters_go_on_where_the_one_before_ended_and_stand_open_at_last(pipeline):
    ends = []
    for quarter in QUARTERS:
        steps = {str(row["step"]): row for row in waterfall(pipeline, quarter)}
        assert not ends or ends[-1] == (steps["Start"]["deals"], steps["Start"]["value"])
        ends.append((steps["End"]["deals"], steps["End"]["value"]))
    assert ends[-1][0] == 1_589 + 500


def test_people_add_up_to_the_whole(pipeline):
    people = waterfall(pipeline, "2017-Q4", "--by", "person")
    whole = {str(row["step"]).lower(): row for row in waterfall(pipeline, "2017-Q4")}
    for step in ("start", "new", "lost", "won", "end"):
        assert sum(amount(row, step) for row in people) == amount(whole[step], "value")
    assert sum(int(str(row["deals"])) for row in people) == whole["end"]["deals"]


def test_velocity_of_a_quarter(pipeline):
    said = pipeline("funnel", "velocity", "2017-Q4", "--today", "2018-01-01", "-O", "json").table("velocity")
    (row,) = said
    assert (row["open"], row["closed"]) == (1_589, 1_985)
    # 1,589 x 1,196/1,985 x 2,802,496/1,196 / (59,275/1,196) per day
    assert row["per_day"] == "45265.57"
