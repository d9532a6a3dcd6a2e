"""Which language a person reads, found before anything is imported, and texts that carry both.

The order: `--lang`, then SALESCLI_LANG, then `language:` of the workspace around the current folder, then English. The
workspace's line is found by looking for it, not by reading YAML, which would cost more than the help it is for; a
command that opens its workspace takes the language from the parsed settings instead.
"""

from __future__ import annotations

import os

from salescli.core.title import Language

LANGUAGES: tuple[Language, ...] = ("zh", "en")
SETTINGS_FILE = "salescli.yaml"
_BETWEEN = "\x1f"


def both(zh: str, en: str) -> str:
    """Carry both languages of a help text through typer; `chosen` takes one when the help is built."""
    return f"{zh}{_BETWEEN}{en}"


def chosen(text: str, language: Language) -> str:
    """Return one language of a text made by `both`; any other text as it is."""
    zh, sign, en = text.partition(_BETWEEN)
    return text if not sign else zh if language == "zh" else en


def given_language(option: str | None) -> Language | None:
    """Return the language that was asked for by option or environment, if it is one."""
    for text in (option, os.environ.get("SALESCLI_LANG")):
        for language in LANGUAGES:
            if text and text.lower() == language:
                return language
    return None


def find_language(option: str | None, folder: str | None) -> Language:
    """Return the language to speak; never fails."""
    return given_language(option) or _workspace_language(folder or os.curdir) or "en"


def _workspace_language(folder: str) -> Language | None:
    path = os.path.abspath(folder)  # noqa: PTH100 - pathlib would cost a tenth of the start
    while True:
        try:
            with open(os.path.join(path, SETTINGS_FILE), encoding="utf-8-sig", errors="replace") as file:  # noqa: PTH118, PTH123
                return _language_line(file.read(20_000))
        except OSError:
            parent = os.path.dirname(path)  # noqa: PTH120
        if parent == path:
            return None
        path = parent


def _language_line(text: str) -> Language | None:
    for line in text.splitlines():
        key, sign, value = line.partition(":")
        if sign and key.strip() == "language":
            word = value.split("#")[0].strip(" \t'\"")
            return next((language for language in LANGUAGES if language == word), None)
    return None
