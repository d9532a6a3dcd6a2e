"""A statement that is handed out says no folder of the disk of whoever imported a file from elsewhere."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from tests.e2e.exchange_workspace import CONTRACTS, build_workspace


def test_files_outside_the_workspace_are_named_without_their_folder(tmp_path: Path) -> None:
    shell = build_workspace(tmp_path / "ws", without=("contracts.csv",))
    outside = tmp_path / "private" / "li" / "Contracts 2026.csv"
    outside.parent.mkdir(parents=True)
    outside.write_text(CONTRACTS, encoding="utf-8")
    shell("import", str(outside), "--as", "contract")
    shell("commission", "run", "2026-04", "--today=2026-05-05", code=None)
    texts = {}
    for name in ("a.xlsx", "a.html"):
        words = ("commission", "statement", "2026-04", "--person", "E1", "--today=2026-05-05", "-o", name)
        shell(*words, code=None)
    with ZipFile(shell.folder / "a.xlsx") as archive:
        texts["xlsx"] = "".join(archive.read(one).decode() for one in archive.namelist() if one.endswith(".xml"))
    texts["html"] = (shell.folder / "a.html").read_text(encoding="utf-8")
    for text in texts.values():
        assert "K1" in text and "private" not in text and str(tmp_path) not in text
    assert "Contracts 2026.csv" in texts["xlsx"]
    assert "Ben Cole" not in "".join(texts.values())
