"""Hostile and hopeless files through the real command, each in a process of its own: one clear error in the session's
language, exit code 1, bounded memory, and not a byte of the store changed."""

from __future__ import annotations

import hashlib
import io
import os
import re
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.shell import Shell
from tests.unit.importers.files import edited, far_corner, with_part, xlsx
from tests.unit.importers.old_files import ods, xls

HEADER = ["回款编号", "日期", "客户", "业务员", "金额"]
GOOD = [HEADER, ["R1", "2026-03-02", "上海港通", "王芳", 100]]
SHEET = "xl/worksheets/sheet1.xml"
MEGABYTE = 1_000_000
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
# The command's own process and its child; a bare `import` of one row takes about 60 MB.
MOST_MEMORY = 300 * MEGABYTE

_RUN = """
import resource, sys
from salescli.cli.root import main
code = main(["import", *sys.argv[1:]])
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
# A process inherits the peak of the one that began it; what the kernel counts for this one alone stands here.
own = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) * 1024
sys.stdout.flush()
print(f"peak {max(own, child)}", file=sys.stderr)
sys.exit(code)
"""


class Ran(NamedTuple):
    code: int
    out: str
    err: str
    peak: int


def run(folder: Path, *words: str, stdin: bytes | None = None) -> Ran:
    """Run `import` in a process of its own and measure it."""
    path = os.pathsep.join([str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "SALESCLI_LANG": "en", "PYTHONIOENCODING": "utf-8", "PYTHONPATH": path}
    done = subprocess.run(
        [sys.executable, "-c", _RUN, *words], cwd=folder, env=environment, capture_output=True, input=stdin, timeout=300
    )
    err = done.stderr.decode()
    peak = int(re.findall(r"^peak (\d+)$", err, re.MULTILINE)[-1])
    return Ran(done.returncode, done.stdout.decode(), re.sub(r"^peak \d+\n", "", err, flags=re.MULTILINE), peak)


pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is measured where Linux says it")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("工作 区")
    (folder / "人员.xlsx").write_bytes(xlsx({"人员": [["工号", "姓名"], ["0071", "王芳"]]}))
    Shell(folder)("start", str(folder / "人员.xlsx"))
    return folder


def state(folder: Path) -> str:
    """The store's whole content, as one number."""
    db = sqlite3.connect(folder / "salescli.db")
    try:
        return hashlib.sha256("\n".join(db.iterdump()).encode()).hexdigest()
    finally:
        db.close()


def replaced(old: str, new: str, part: str = SHEET) -> bytes:
    return edited(xlsx({"回款": GOOD}), part, lambda text: text.replace(old, new, 1))


def zip_bomb() -> bytes:
    """Hundreds of megabytes of spaces as a sheet, in half a megabyte."""
    return with_part(xlsx({"回款": GOOD}), "xl/worksheets/sheet2.xml", b" " * (300 * MEGABYTE))


def nested_bomb() -> bytes:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"\0" * (50 * MEGABYTE))
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(20):
            archive.writestr(f"{number}.zip", inner.getvalue())
    return outer.getvalue()


def laughs() -> bytes:
    """A billion laughs where the texts of cells stand."""
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + level)} "{f"&{chr(97 + level)};" * 10}">' for level in range(9)
    )
    return with_part(
        xlsx({"回款": GOOD}),
        "xl/sharedStrings.xml",
        f"<!DOCTYPE x [{entities}]><sst><si><t>&j;</t></si></sst>".encode(),
    )


def zip_encrypted() -> bytes:
    """The flag of an encrypted part, as zip programs set it."""
    content = bytearray(xlsx({"回款": GOOD}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


def two_of_one_name() -> bytes:
    """Which of two parts of one name a reader takes is its own business: the look before must not take the other."""
    buffer = io.BytesIO(far_corner())
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning):
        archive.writestr(SHEET, zipfile.ZipFile(io.BytesIO(xlsx({"S": GOOD}))).read(SHEET))
    return buffer.getvalue()


def hidden_corner() -> bytes:
    """The far corner in a part whose name is written in other letters where it is referred to."""
    renamed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(far_corner())) as old, zipfile.ZipFile(renamed, "w") as new:
        for name in old.namelist():
            new.writestr(name.replace("sheet1.xml", "TABLE.xml"), old.read(name).replace(b"sheet1.xml", b"table.xml"))
    return renamed.getvalue()


def spaced(text: str) -> str:
    """The same XML with quotes and spaces that nobody writes."""
    return re.sub(r'<c r="([A-Z]+\d+)"', r"<c\n r = '\1'", text)


def empty_rows(last: str) -> bytes:
    rows = "".join(f'<row r="{row}" s="1" customFormat="1"><c r="A{row}" s="1"/></row>' for row in range(3, 1_048_577))
    return replaced("</sheetData>", rows + last + "</sheetData>")


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODS_BOMB = (
    '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"'
    ' office:value-type="float" office:value="1"/></table:table-row></table:table>'
)
FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zeros.xlsx": ("zip-bomb", zip_bomb),
    "nested.xlsx": ("not-a-spreadsheet", nested_bomb),
    "corner.xlsx": ("range-too-large", far_corner),
    "corner-hidden.xlsx": ("range-too-large", hidden_corner),
    "corner-spaced.xlsx": ("range-too-large", lambda: edited(far_corner(), SHEET, spaced)),
    "two-of-one-name.xlsx": ("damaged-file", two_of_one_name),
    "unreadable-places.xlsx": ("damaged-file", lambda: replaced('r="A1"', 'r="&#65;1"')),
    "password.xlsx": ("encrypted-workbook", lambda: OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")),
    "password.zip.xlsx": ("encrypted-workbook", zip_encrypted),
    "password.xls": ("encrypted-workbook", lambda: xls({"S": GOOD}, more=b"\x2f\0\x36\0\1\0" + b"\0" * 52)),
    "macro.xlsm": ("macro-workbook", lambda: with_part(xlsx({"回款": GOOD}), "xl/vbaProject.bin", b"x")),
    "macro.xls": ("macro-workbook", lambda: xls({"_VBA_PROJECT_CUR": GOOD})),
    "cut.xlsx": ("damaged-file", lambda: xlsx({"回款": GOOD})[:2000]),
    "cut.xls": ("damaged-file", lambda: xls({"回款": GOOD})[:700]),
    "entities.xlsx": (
        "xml-entities",
        lambda: replaced("<worksheet", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet'),
    ),
    "laughs.xlsx": ("xml-entities", laughs),
    "laughs.ods": ("xml-entities", lambda: ods({"S": GOOD}, before='<!DOCTYPE x [<!ENTITY a "ha">]>')),
    "repeats.ods": (
        "range-too-large",
        lambda: edited(ods({"S": GOOD}), "content.xml", lambda text: text.replace("</table:table>", ODS_BOMB, 1)),
    ),
    "zero.xlsx": ("empty-file", lambda: b""),
    "pivot.xlsx": ("pivot-without-cells", lambda: with_part(xlsx([]), "xl/model/item.data", b"x")),
    "cell.xlsx": ("cell-too-long", lambda: replaced("上海港通", "x" * (10 * MEGABYTE))),
    "cell.csv": ("cell-too-long", lambda: f'{",".join(HEADER)}\nR1,2026-03-02,"{"x" * 10_000_000}",王芳,1\n'.encode()),
    "quote.csv": ("bad-quotes", lambda: f'{",".join(HEADER)}\nR1,2026-03-02,"上海,王芳,1\n'.encode()),
    "nul.csv": ("nul-in-text", lambda: b"a,b\n1,\x002\n" * 10),
    "picture.xls": ("binary-file", lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 10),
    "page.xls": ("web-page", lambda: b"<html><body>login</body></html>"),
}


@pytest.mark.parametrize("name", FILES)
def test_hostile_file(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    problem, build = FILES[name]
    (folder / name).write_bytes(build())
    before = state(folder)
    done = run(folder, name)
    assert (done.code, "Traceback" in done.err) == (1, False), done
    assert re.findall(r"error\[([\w-]+)\]", done.err) == [problem], done.err
    assert name in done.err and not _CHINESE.search(done.err.replace("回款", "")), done.err
    assert done.peak < MOST_MEMORY, f"{done.peak / MEGABYTE:.0f} MB"
    monkeypatch.setenv("SALESCLI_LANG", "zh")
    said = Shell(folder)("import", name, code=1).err
    assert f"[{problem}]" in said and _CHINESE.search(said.splitlines()[0].replace("回款", "")), said
    assert state(folder) == before


@pytest.mark.parametrize(
    ("last", "rows"),
    [("", 1), ('<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>R2</t></is></c></row>', 2)],
    ids=["nothing below", "one filled cell at the very end"],
)
def test_a_million_empty_formatted_rows(folder: Path, last: str, rows: int) -> None:
    content = empty_rows(last).replace(b'r="1048576" s="1" customFormat="1"', b'r="1048576"')
    path = folder / f"empty-{rows}.xlsx"
    path.write_bytes(content)
    done = run(folder, path.name, "--dry-run")
    assert done.peak < MOST_MEMORY, f"{done.peak / MEGABYTE:.0f} MB"
    assert done.code == (0 if rows == 1 else 1), done.err
    if rows == 2:
        assert "A1048576" in done.err or "1048576" in done.err


def test_formula_as_text_stays_text(folder: Path) -> None:
    rows = [[*HEADER, "备注"], ["R9", "2026-03-02", "=cmd|' /C calc'!A0", "王芳", "'100", "@SUM(1)"]]

    def as_text(book: object) -> None:
        book["回款"]["C2"].data_type = "s"  # type: ignore[index]

    (folder / "formula.xlsx").write_bytes(xlsx({"回款": rows}, as_text))
    done = run(folder, "formula.xlsx", "--dry-run")
    assert "Traceback" not in done.err
    (folder / "formula.csv").write_bytes(
        (",".join([*HEADER, "备注"]) + "\nR9,2026-03-02,\"'=cmd|' /C calc'!A0\",王芳,100,'@SUM(1)\n").encode()
    )
    shell = Shell(folder)
    shell("import", "formula.csv")
    try:
        shown = shell("record", "list", "receipt", "-O", "csv").out
        assert "'=cmd|' /C calc'!A0" in shown and ",=cmd" not in shown
        assert "=cmd|' /C calc'!A0" in shell("record", "list", "receipt", "-O", "json").out
    finally:
        shell("undo")


def test_paths_that_lead_out_of_the_archive_write_nothing(folder: Path) -> None:
    content = xlsx({"回款": GOOD})
    for name in ("../../outside.txt", "/tmp/salescli-outside.txt", "C:\\outside.txt", "a/" * 400 + "b"):
        content = with_part(content, name, b"x")
    (folder / "paths.xlsx").write_bytes(content)
    done = run(folder, "paths.xlsx", "--dry-run")
    assert (done.code, "Traceback" in done.err) == (0, False), done.err
    assert not (folder.parent.parent / "outside.txt").exists() and not Path("/tmp/salescli-outside.txt").exists()


@pytest.mark.skipif(os.name == "nt", reason="links and devices of POSIX")
def test_what_is_no_file(folder: Path) -> None:
    (folder / "loop.xlsx").symlink_to("loop.xlsx")
    (folder / "folder.xlsx").mkdir(exist_ok=True)
    (folder / "endless.xlsx").symlink_to("/dev/zero")
    before = state(folder)
    for name, problem in (
        ("loop.xlsx", "cannot-read"), ("folder.xlsx", "folder-without-files"), ("endless.xlsx", "not-a-spreadsheet"),
        ("missing.xlsx", "file-not-found"),
    ):  # fmt: skip
        done = run(folder, name)
        assert (done.code, done.err.count(f"[{problem}]")) in ((1, 1), (2, 1)), done
        assert done.peak < MOST_MEMORY
    assert state(folder) == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the rights of a file mean nothing to this user")
def test_file_one_may_not_read(folder: Path) -> None:
    path = folder / "locked.xlsx"
    path.write_bytes(xlsx({"回款": GOOD}))
    path.chmod(0)
    assert "[cannot-read]" in run(folder, path.name).err


@pytest.mark.parametrize("content", [xlsx({"回款": GOOD}), f"{','.join(HEADER)}\nR1,2026-03-02,甲,王芳,5\n".encode()])
def test_stdin(folder: Path, content: bytes) -> None:
    done = run(folder, "-", "--dry-run", stdin=content)
    assert done.code == 0, done.err
    bad = run(folder, "-", "--dry-run", stdin=b"")
    assert (bad.code, bad.err.count("[empty-file]")) == (1, 1)


def test_many_sheets_that_span_much(folder: Path) -> None:
    """Eight sheets of two cells each, a million rows apart: the blank rows between are kept once."""
    names = [f"回款{number}" for number in range(8)]
    content = xlsx(dict.fromkeys(names, GOOD))
    for number in range(1, 9):
        far = '<row r="1000000"><c r="L1000000"><v>1</v></c></row></sheetData>'
        part = f"xl/worksheets/sheet{number}.xml"
        content = edited(content, part, lambda text, far=far: text.replace("</sheetData>", far))
    (folder / "many.xlsx").write_bytes(content)
    done = run(folder, "many.xlsx", "--dry-run")
    assert "Traceback" not in done.err and done.code in (0, 1)
    assert done.peak < 1_000 * MEGABYTE, f"{done.peak / MEGABYTE:.0f} MB"
