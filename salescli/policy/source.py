"""Bytes of a policy file to text: which encoding it is in, said when it is not plain UTF-8.

A file saved by Notepad, Excel or WPS may be UTF-8 with a byte-order mark, UTF-16 or GB18030. All are read;
anything that is no text at all is one problem. Line ends and characters are left as they are.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from salescli.errors import Problem, Where, problem

LARGEST = 4 * 1024 * 1024
"""Bytes; a policy written by people is a thousand times smaller, and reading takes time in proportion."""

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig", "UTF-8 (BOM)"), (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
          (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"))  # fmt: skip
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MANY = 3


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file, the SHA-256 of its bytes, and what is to be said about how it was read.

    `text` is "" where a problem of severity error stands in `problems`.
    """

    file: str
    text: str
    sha256: str
    problems: tuple[Problem, ...] = ()


def read_source(path: Path, shown: str) -> Source:
    """Read a file; one that cannot be read is a problem, not an exception."""
    try:
        with path.open("rb") as handle:
            data = handle.read(LARGEST + 1)
    except FileNotFoundError:
        return Source(shown, "", "", (problem("file-not-found", Where(shown), path=shown, nearest=_neighbour(path)),))
    except OSError as error:
        return Source(shown, "", "", (problem("cannot-read", Where(shown), path=shown, reason=error.strerror),))
    return source_of_bytes(data, shown)


def source_of_bytes(data: bytes, shown: str) -> Source:
    """Decode bytes, strictly: a mark, else UTF-8, else UTF-16 without a mark, else GB18030."""
    digest = sha256(data).hexdigest()
    if len(data) > LARGEST:
        return Source(shown, "", digest, (problem("policy-too-large", Where(shown), limit=f"{LARGEST:,}"),))
    text, encoding = _decode(data)
    if text is None:
        return Source(shown, "", digest, (problem("not-a-text-file", Where(shown)),))
    notes: tuple[Problem, ...] = ()
    if encoding != "UTF-8":
        notes = (problem("read-as-encoding", Where(shown), severity="note", encoding=encoding),)
    return _checked(Source(shown, text, digest, notes))


def source_of_text(text: str, shown: str) -> Source:
    """Take a text that is already in memory."""
    return _checked(Source(shown, text, sha256(text.encode("utf-8", "surrogatepass")).hexdigest()))


def place_at(text: str, index: int) -> tuple[int, int]:
    """Return line and column, both from 1, of a character."""
    before = text[:index].replace("\r\n", "\n").replace("\r", "\n")
    line_start = before.rfind("\n") + 1
    return before.count("\n") + 1, len(before) - line_start + 1


def _decode(data: bytes) -> tuple[str | None, str]:
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _try(data, codec), name
    text = _try(data, "utf-8")
    if text is not None and "\x00" not in text:
        return text, "UTF-8"
    for codec, zeros in (("utf-16-le", data[1::2]), ("utf-16-be", data[0::2])):
        # Half the bytes of an ASCII-heavy UTF-16 file are zero, all on the same side.
        if len(data) >= 4 and zeros.count(0) * 2 > len(zeros):
            return _try(data, codec), "UTF-16"
    return _try(data, "gb18030"), "GB18030"


def _try(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _checked(source: Source) -> Source:
    """Refuse characters that no text has; a few are shown with their place, many mean that it is no text."""
    source = replace(source, text=source.text.removeprefix("\ufeff"))
    found = list(_UNPRINTABLE.finditer(source.text))
    if not found:
        return source
    if len(found) > _MANY or "\x00" in source.text:
        return Source(source.file, "", source.sha256, (problem("not-a-text-file", Where(source.file)),))
    problems = []
    for match in found:
        line, column = place_at(source.text, match.start())
        where = Where(source.file, line, column)
        problems.append(problem("control-character", where, code=f"U+{ord(match[0]):04X}"))
    return Source(source.file, "", source.sha256, tuple(problems))


def _neighbour(path: Path) -> str:
    """Name the file beside it that was probably meant."""
    from rapidfuzz import process

    try:
        names = [entry.name for entry in path.parent.iterdir() if entry.is_file()]
    except OSError:
        return ""
    best = process.extractOne(path.name, names, score_cutoff=80)
    return str(path.with_name(best[0]).as_posix()) if best else ""
