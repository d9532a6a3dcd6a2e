"""`salescli quota` as typed: output, formats, exit codes; never a traceback."""

from __future__ import annotations

import json
from datetime import date

import pytest

from salescli.cli.root import main
from salescli.services.context import open_context
from salescli.services.workspace import create_workspace
from tests.unit.quotas.test_services import POLICY, fill


@pytest.fixture
def folder(tmp_path, monkeypatch):
    place = create_workspace(tmp_path / "华辰 团队", "华辰", "CNY", "en")
    (place.config / "targets" / "receipts-2026.yaml").write_text(POLICY, encoding="utf-8")
    with open_context(place, today=date(2025, 12, 20), create=True) as context:
        fill(context.store)
    monkeypatch.chdir(place.folder)
    monkeypatch.setenv("SALESCLI_TODAY", "2026-02-20")
    return place.folder


def run(capsys, *words):
    code = main(["quota", *words])
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return code, out, err


def test_split_accept_show_attainment(folder, capsys):
    code, out, err = run(capsys, "split")
    assert code == 0
    assert "salescli quota accept 1" in out
    assert "team-left-out" in err
    code, _, err = run(capsys, "accept")
    assert (code, "undo: salescli undo" in err) == (0, True)
    assert "nothing written" in run(capsys, "accept")[2]
    code, out, _ = run(capsys, "show", "2026", "--person", "王芳", "-O", "csv")
    assert code == 0
    assert out.splitlines()[0] == "team,key,holder,Q1,Q2,Q3,Q4,year"
    assert out.splitlines()[1].startswith("一部,P1,王芳,")
    code, out, _ = run(capsys, "attainment", "2026-Q1", "--by", "company", "-O", "json")
    table = json.loads(out)["blocks"][0]
    assert code == 0
    assert table["name"] == "attainment"


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "json", "md", "html", "txt"])
def test_every_format(folder, capsys, suffix):
    code, _, err = run(capsys, "split", "-o", f"目标.{suffix}", "--by", "month")
    assert code in (0, 2)
    assert (code == 0) == (folder / f"目标.{suffix}").exists(), err


@pytest.mark.parametrize(
    ("words", "code", "name"),
    [
        (["split", "nothing"], 2, "which-targets"),
        (["accept", "9"], 2, "no-such-run"),
        (["show", "2031"], 1, "no-targets"),
        (["show", "2026-13"], 2, "bad-period"),
        (["attainment", "--by", "shoe"], 2, "option-choice"),
        (["set", "2026", "--metric", "recipts", "--amount", "5"], 1, "unknown-metric"),
        (["set", "2026", "--metric", "receipts"], 2, "amount-or-growth"),
        (["set", "2026", "--metric", "receipts", "--amount", "5", "--fixed", "P1 5"], 2, "bad-quota-option"),
        (["set", "2026", "--metric", "receipts", "--amount", "5", "--fixed", "P8 2026-Q1 5"], 2, "unknown-record"),
        (["set", "2026", "--metric", "receipts", "--amount", "5", "--name", "n", "--months", "x"], 1, "unknown-choice"),
        (["set", "2026", "--metric", "receipts", "--amount", "5", "--name", "../n"], 2, "bad-quota-option"),
        (["set", "2026", "--metric", "receipts", "--name", "receipts-2026", "--amount", "5"], 1, "targets-exist"),
        (["set", "2027", "--name", "receipts-2026", "--replace", "--amount", "5"], 1, "targets-of-another"),
        (["set", "20", "--metric", "receipts", "--amount", "5"], 1, "bad-target-year"),
    ],
)
def test_what_goes_wrong(folder, capsys, words, code, name):
    found, out, err = run(capsys, *words)
    assert (found, out) == (code, "")
    assert f"error[{name}]" in err


def test_a_broken_policy_shows_all_its_problems(folder, capsys):
    path = folder / "config" / "targets" / "receipts-2026.yaml"
    path.write_text(POLICY.replace("growth: 20%", "growth: 20").replace("5%\n", "5\n"), encoding="utf-8")
    code, _, err = run(capsys, "split")
    assert code == 1
    assert "config/targets/receipts-2026.yaml:5:9: error[rate-without-percent]" in err
    assert "config/targets/receipts-2026.yaml:11:17: error[rate-without-percent]" in err
