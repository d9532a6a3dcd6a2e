"""The documentation keeps up with the program: every command and problem is in it, the generated pages are current,
and every link leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from salescli.cli.groups import TABLE
from salescli.core.records.registry import built_in
from salescli.messages import catalogue
from tests.console import ROOT
from tools.docs import REFERENCE, build_reference, compare_reference, write_reference

TYPED = [
    *(pytest.param(one.name, one, id=one.name) for one in TABLE.commands),
    *(
        pytest.param(f"{group.name} {verb.name}", verb, id=f"{group.name} {verb.name}")
        for group in TABLE.groups
        for verb in group.verbs
    ),
]
WRITTEN = sorted(
    path
    for place in ("*.md", "docs/**/*.md", "examples/*/*.md", "salescli/**/docs.md")
    for path in ROOT.glob(place)
    if "_shipped" not in path.parts
)


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """The reference as the program makes it now."""
    return build_reference()


def sections(text: str) -> dict[str, str]:
    """Split a page at its headings: what stands below each, by its title."""
    parts = re.split(r"^#+ (.*)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_reference_is_up_to_date(pages: dict[str, str]) -> None:
    differing, gone = compare_reference(pages, REFERENCE)
    assert not differing and not gone, f"run `make docs`: {', '.join(differing + gone)}"


@pytest.mark.parametrize(("typed", "entry"), TYPED)
def test_command_is_documented_with_an_example(typed: str, entry: object, pages: dict[str, str]) -> None:
    section = sections(pages["commands.md"])[f"salescli {typed}"]
    shown = re.search(r"```sh\n(.*?)```", section, re.DOTALL)
    assert shown is not None and shown[1].startswith(f"salescli {typed}")
    assert entry.summary.en in section.replace("\\", "")
    assert entry.summary.zh in section.replace("\\", "")


def test_every_problem_is_in_the_gallery(pages: dict[str, str]) -> None:
    assert set(catalogue()) <= set(sections(pages["errors.md"]))


def test_every_record_type_is_in_the_reference(pages: dict[str, str]) -> None:
    assert set(built_in().names) <= set(sections(pages["records.md"]))


def test_links_within_a_generated_page_lead_to_a_heading(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        if name.endswith(".md"):
            anchors = {anchor(title) for title in sections(text)}
            assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors, name


def anchor(title: str) -> str:
    """Return the anchor that a heading is given where Markdown is shown."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_to_files_lead_somewhere(path: Path) -> None:
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        if "://" not in target:
            assert (path.parent / target).exists(), f"{target} does not exist"


def test_every_package_has_its_page() -> None:
    package = ROOT / "salescli"
    folders = [package, *package.iterdir(), *(package / "core").iterdir()]
    lacking = [path.name for path in folders if (path / "__init__.py").exists() and not (path / "docs.md").exists()]
    assert not lacking


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    pages = {"a.md": "a\n", "schema/b.json": "{}\n"}
    assert write_reference(pages, tmp_path) == (["a.md", "schema/b.json"], [])
    before = (tmp_path / "a.md").stat().st_mtime_ns
    (tmp_path / "old.md").write_text("gone", encoding="utf-8")
    (tmp_path / "schema" / "b.json").write_text("[]\n", encoding="utf-8")
    assert compare_reference(pages, tmp_path) == (["schema/b.json"], ["old.md"])
    assert write_reference(pages, tmp_path) == (["schema/b.json"], ["old.md"])
    assert (tmp_path / "a.md").stat().st_mtime_ns == before
    assert compare_reference(pages, tmp_path) == ([], [])


def test_check_names_what_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tools import docs

    monkeypatch.setattr(docs, "REFERENCE", tmp_path)
    monkeypatch.setattr(docs, "build_reference", lambda: {"a.md": "a\n"})
    assert docs.main(["--check"]) == 1
    assert "docs/reference/a.md: differs" in capsys.readouterr().out
    assert not (tmp_path / "a.md").exists()
    assert docs.main([]) == 0
    assert docs.main(["--check"]) == 0
