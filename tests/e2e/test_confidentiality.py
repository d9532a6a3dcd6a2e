"""What is handed out holds nobody else's pay: every part of every statement and pack, searched for others."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from html import unescape
from typing import Any

import pytest

from salescli.core.commission.result import PayeeResult
from salescli.services.commission.running import Computed
from salescli.services.context import open_context
from salescli.services.export.statement_file import open_run
from salescli.services.workspace import find_workspace
from tests.e2e.group_workspace import build_workspace
from tests.shell import Shell, example

TODAY = date(2026, 12, 31)
LEAST = 10  # smaller amounts may be anything
LEAST_WHOLE = 1_000  # so may smaller whole numbers: counts, days, percentages
NUMBER = re.compile(r"(?<![\w.,:/-])-?\d[\d,]*(?:\.\d+)?(?![\w:/-]|[.,]\d)")


@dataclass
class Month:
    """A workspace with a month that was run: who is paid in it, and what tells each one's pay."""

    shell: Shell
    month: str
    names: dict[str, str]  # by number
    pay: dict[str, set[str]]  # by number: amounts that tell it
    known: dict[str, set[str]]  # by number: every amount that is theirs to see
    managers: dict[str, list[str]]  # the people of each
    agreed: set[str]  # amounts that plans say: everybody under a plan knows them


def _month(shell: Shell, month: str) -> Month:
    shell("export", "statements", month, "-o", "out/xlsx")
    shell("export", "statements", month, "-o", "out/html", "-O", "html")
    shell("export", "statements", month, "-o", "out/en", "--lang", "en")
    shell("commission", "pack", month, "-o", "out/packs")
    with open_context(find_workspace(start=shell.folder), today=TODAY) as context:
        computed = open_run(context, context.parse_period(month)).done.computed
    names = {one.result.person: one.payee.name for one in computed}
    pay: dict[str, set[str]] = {}
    known: dict[str, set[str]] = {}
    for one in computed:
        pay.setdefault(one.result.person, set()).update(_pay(one.result))
        known.setdefault(one.result.person, set()).update(_all(one))
    plans = (path.read_text(encoding="utf-8") for path in (shell.folder / "config" / "plans").glob("*.yaml"))
    agreed = {_plain(each) for text in plans for each in NUMBER.findall(text.replace("_", ""))}
    return Month(shell, month, names, pay, known, _managers(shell), agreed)


def _pay(result: PayeeResult) -> set[str]:
    """What a person earned, was paid, and has kept or held: in all, by component, by line, by contract."""
    found = [result.earned, result.payable, result.kept_change, result.carried_in, result.carried_out]
    for one in result.components:
        found += [one.own, one.earned, one.earned_to_date, one.held, one.kept, one.formula]
        found += [each.amount for each in one.differences] + [each.amount for each in one.lines]
    for each in result.kept:
        found += [each.amount, each.kept_to_date]
    return {plain for amount in found if (plain := _plain(f"{amount:f}"))}


def _all(one: Computed) -> set[str]:
    """Every amount that this person may see: of the result but for what groups tell of others, and of the credits."""
    components = tuple(
        replace(each, steps=tuple(step for step in each.steps if not step.name.startswith(("pot", "rank", "budget"))))
        for each in one.result.components
    )
    result = replace(one.result, components=components)
    figures = [each for line in one.inputs.lines for each in (line.amount, line.pay_credit, line.quota_credit)]
    texts = [*re.findall(r'"(-?\d+\.\d+)"', result.to_json()), *(f"{each:f}" for each in figures)]
    return {plain for each in texts if (plain := _plain(each))}


def _plain(text: str) -> str:
    """Return an amount without sign, commas and needless zeros; "" where it tells too little."""
    text = text.replace(",", "").lstrip("-")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if text and float(text) >= (LEAST if "." in text else LEAST_WHOLE) else ""


def _managers(shell: Shell) -> dict[str, list[str]]:
    from openpyxl import load_workbook

    found = {}
    for path in (shell.folder / "out" / "packs").iterdir():
        sheet = load_workbook(path).worksheets[0]
        found[path.stem] = [str(row[0]) for row in sheet.iter_rows(min_row=6, values_only=True) if row[1]]
    return found


def _texts(content: bytes, name: str) -> Iterator[str]:
    """Every text of a file: of a workbook that of every part, hidden sheets, comments and properties too."""
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.namelist():
                if part == "xl/theme/theme1.xml":  # colours and sizes of the program that opens it
                    continue
                yield f"{part} " + unescape(re.sub(r"<[^>]*>", " ", archive.read(part).decode()))
                yield unescape(archive.read(part).decode())
    else:
        yield unescape(content.decode())


@pytest.fixture(scope="module", params=["huachen", "acme", "groups"])
def month(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    folder = tmp_path_factory.mktemp("private") / "w"
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "groups":
            patch.setenv("SALESCLI_TODAY", "2026-04-10")
            shell = build_workspace(folder)
            closed, last = ("2026-01", "2026-02"), "2026-03"
        else:
            day, closed, last = {
                "huachen": ("2026-04-05", ("2026-01", "2026-02"), "2026-03"),
                "acme": ("2026-10-05", tuple(f"2026-0{one}" for one in range(4, 9)), "2026-09"),
            }[request.param]
            patch.setenv("SALESCLI_TODAY", day)
            shell = example(request.param, folder)
            shell("import", *sorted(f"inbox/{path.name}" for path in (folder / "inbox").iterdir()), code=None)
        for each in closed:
            shell("commission", "close", each, code=None)
        shell("commission", "run", last, code=None)
        yield _month(shell, last)


def _strangers(month: Month, mine: set[str]) -> tuple[set[str], set[str], set[str]]:
    """Return names, numbers and amounts that none of these people has."""
    own_names = {month.names[key] for key in mine}
    names = {name for key, name in month.names.items() if name not in own_names}
    numbers = {key for key in month.names if key not in mine and len(key) > 2}
    own = set().union(*(month.known.get(key, set()) | month.pay.get(key, set()) for key in mine))
    amounts = set().union(*(found for key, found in month.pay.items() if key not in mine)) - own
    return names, numbers, amounts - month.agreed


def _leaks(text: str, names: set[str], numbers: set[str], amounts: set[str]) -> list[str]:
    found = [name for name in names if name in text]
    found += [number for number in numbers if re.search(rf"(?<![\w.,:-]){re.escape(number)}(?![\w.,:-])", text)]
    return found + sorted({_plain(each) for each in NUMBER.findall(text)} & amounts)


def _owner(month: Month, stem: str) -> str:
    found = [key for key, name in month.names.items() if stem in (f"{key}-{name}", key, name)]
    assert len(found) == 1, stem
    return found[0]


@pytest.mark.parametrize("folder", ["xlsx", "html", "en"])
def test_a_statement_holds_nobody_else(month: Month, folder: str) -> None:
    files = sorted((month.shell.folder / "out" / folder).iterdir())
    assert len(files) >= 4
    for path in files:
        strangers = _strangers(month, {_owner(month, path.stem)})
        assert all(strangers[:1]) and strangers[2]
        for text in _texts(path.read_bytes(), path.name):
            assert _leaks(text, *strangers) == [], (path.name, text[:60])


@pytest.mark.parametrize("form", ["text", "json", "csv", "markdown"])
def test_a_statement_on_the_screen_holds_nobody_else(month: Month, form: str) -> None:
    for key in list(month.names)[:8]:
        said = month.shell("commission", "statement", month.month, "--person", key, "-O", form)
        assert _leaks(said.out, *_strangers(month, {key})) == [], key


def test_a_pack_holds_a_managers_people_alone(month: Month) -> None:
    packs = sorted((month.shell.folder / "out" / "packs").iterdir())
    assert len(packs) >= 2
    for path in packs:
        people = {one for one in month.managers[path.stem] if one in month.names}
        names, numbers, amounts = _strangers(month, people)
        own = set(path.stem.split("-", maxsplit=1))  # the manager's own name and number
        for text in _texts(path.read_bytes(), path.name):
            leaks = _leaks(text, names - own, numbers - own, amounts)
            assert leaks == [], (path.name, text[:60])


def test_the_search_finds_what_it_looks_for(month: Month) -> None:
    """An explanation for those who pay names others: the search must say so, or it would be none."""
    found: list[Any] = []
    for key in month.names:
        said = month.shell("commission", "show", month.month, "-O", "text").out
        found += _leaks(said, *_strangers(month, {key}))
    assert set(found) & set(month.names.values())
    assert any("." in one for one in found)


def test_whole_amounts_are_looked_for_too() -> None:
    assert [_plain(text) for text in ("20940.00", "-1,234", "18168", "57.30", "12", "9.99")] == [
        "20940", "1234", "18168", "57.3", "", "",
    ]  # fmt: skip
    assert NUMBER.findall("20,940.00 x 20940 2026-03-01 A123") == ["20,940.00", "20940"]
