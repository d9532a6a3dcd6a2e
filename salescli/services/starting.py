"""The first hour: a workspace out of a spreadsheet, without a question and without YAML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from salescli.core.title import Language
from salescli.services.workspace import Workspace, create_workspace, find_folder, find_workspace

CURRENCIES: dict[Language, str] = {"zh": "CNY", "en": "USD"}


@dataclass(frozen=True, slots=True)
class Started:
    """The workspace of a first import, and whether it was made just now."""

    workspace: Workspace
    is_new: bool


def start_workspace(
    folder: Path, files: Sequence[str], language: Language | None, currency: str = "", name: str = ""
) -> Started:
    """Return the workspace around a folder, or make one: language by the files' headers, currency by language."""
    if find_folder(folder) is not None:
        return Started(find_workspace(folder), is_new=False)
    spoken = language or sniff_language(files)
    chosen = currency or CURRENCIES[spoken]
    return Started(create_workspace(folder, name or folder.resolve().name, chosen, spoken), is_new=True)


def init_workspace(folder: Path, language: Language, currency: str = "", name: str = "") -> Workspace:
    """Make a folder a workspace with an empty store."""
    from salescli.core.records.registry import built_in
    from salescli.store.connection import open_store

    chosen = currency or CURRENCIES[language]
    made = create_workspace(folder, name or folder.resolve().name, chosen, language)
    open_store(made.store_path, built_in(), create=True, base_currency=chosen).close()
    return made


def sniff_language(files: Sequence[str]) -> Language:
    """Return the language of the first rows of files: Chinese where any of them has Chinese characters."""
    from salescli.importers.opening.book import open_book

    for file in files:
        for sheet in open_book(file).sheets:
            texts = (cell for row in sheet.rows[:20] for cell in row if isinstance(cell, str))
            if any("一" <= sign <= "鿿" for text in texts for sign in text):
                return "zh"
    return "en"
