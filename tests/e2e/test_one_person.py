"""One person asked for alone: less is read, and nothing of theirs differs, line by line."""

from __future__ import annotations

from datetime import date

import pytest

from salescli.core.periods import month_of
from salescli.services.commission import narrowing
from salescli.services.commission.running import compute_period
from salescli.services.context import open_context
from salescli.services.workspace import find_workspace
from tests.shell import Shell, example


@pytest.fixture(
    scope="module", params=[("huachen", date(2026, 3, 1)), ("acme", date(2026, 9, 1))], ids=lambda one: one[0]
)
def imported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Shell, date]:
    name, month = request.param
    shell = example(name, tmp_path_factory.mktemp("alone") / name)
    shell("import", *sorted(str(path) for path in (shell.folder / "inbox").iterdir()), code=None)
    return shell, month


def test_one_person_has_the_lines_they_have_among_all(
    imported: tuple[Shell, date], monkeypatch: pytest.MonkeyPatch
) -> None:
    shell, month = imported
    fetched = narrowing.fetch_lines_of_some
    asked_for: list[bool] = []

    def fetch(*given):
        asked_for.append(any(one.path == "person" for one in given[2].only))
        return fetched(*given)

    with open_context(find_workspace(start=shell.folder), today=date(2027, 4, 10)) as context:
        every = compute_period(context, month_of(month), with_lines=True)
        people = {one.payee.entity for one in every.computed}
        shared = {line.with_others for one in every.computed for line in one.inputs.lines} - {""}
        assert len(people) > 5
        monkeypatch.setattr(narrowing, "fetch_lines_of_some", fetch)
        for person in people:
            alone = compute_period(context, month_of(month), people=frozenset({person}), with_lines=True)
            there = every.of_person(person)
            assert [one.inputs.lines for one in alone.computed] == [one.inputs.lines for one in there]
            assert [one.result.to_json() for one in alone.computed] == [one.result.to_json() for one in there]
    assert shared, "some lines name others: they are found although only one person is asked for"
    assert any(asked_for), "and not everything was read"
