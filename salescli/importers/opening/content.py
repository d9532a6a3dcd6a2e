"""What a file is, decided by its first bytes and never by its suffix alone.

A text file named .xlsx, a workbook named .csv, an encrypted or cut-off workbook: each is told apart here, before
any reader opens it.
"""

from __future__ import annotations

import io
import zipfile
from typing import Literal

from salescli.errors import Problem, Where, problem
from salescli.importers.opening.delimited import find_encoding

Content = Literal["xlsx", "xls", "xlsb", "ods", "text", "html"]

_ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".ods")
TEXT_SUFFIXES = (".csv", ".tsv", ".txt")


def content_of(data: bytes, suffix: str, where: Where) -> Content | Problem:
    """Return what the bytes of a file are, or the one problem that keeps it from being read."""
    if not data:
        return problem("empty-file", where)
    if data.startswith(_ZIPS):
        return _zip_content(data, where)
    if data.startswith(_OLE):
        return _ole_content(data, where)
    return _text_content(data, suffix, where)


def _zip_content(data: bytes, where: Where) -> Content | Problem:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
        return problem("damaged-file", where)
    if any(name.lower().endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in names):
        return problem("macro-workbook", where)
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "xl/workbook.xml" in names or any(name.endswith("workbook.xml") for name in names):
        return "xlsx"
    return "ods" if "content.xml" in names else problem("not-a-spreadsheet", where)


def _ole_content(data: bytes, where: Where) -> Content | Problem:
    """The old container: an .xls, or any newer workbook behind a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return problem("encrypted-workbook", where)
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        return problem("macro-workbook", where)
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        return "xls"
    return problem("not-a-spreadsheet", where) if len(data) >= 1536 else problem("damaged-file", where)


def _text_content(data: bytes, suffix: str, where: Where) -> Content | Problem:
    head = data[:4096].lstrip().lower()
    is_xml = head.startswith(b"<?xml") and b"<workbook" in head
    if is_xml or head.startswith(b"mime-version:"):
        return problem("web-page", where)
    plain = data[:4096].replace(b"\0", b"").lstrip(b"\xff\xfe\xef\xbb\xbf \t\r\n").lower()
    if plain.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<style", b"<head", b"<body")):
        return "html"
    has_wide_text = find_encoding(data[:4096][: len(data) // 2 * 2]).startswith("utf-")
    if b"\0" in data and not has_wide_text:
        return problem("binary-file" if suffix not in TEXT_SUFFIXES else "nul-in-text", where)
    return problem("text-as-workbook", where, suffix=suffix) if suffix in _WORKBOOK_SUFFIXES else "text"
