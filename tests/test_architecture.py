"""The shape of the program, read from its source: who imports whom, what core may touch, how long a file is.

Nothing is imported to check it; each file is parsed, and what it says is held to the rules of the layers.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "salescli"

# Who may import whom, by the first folder below salescli/. Importing within one's own layer is always allowed.
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "messages": {"errors"},
    "core": {"errors"},
    "policy": {"core", "errors", "messages"},
    "importers": {"core", "errors", "messages"},
    "store": {"core", "errors", "messages"},
    "reports": {"core", "errors", "messages"},
    "render": {"core", "errors", "messages"},
    "services": {"policy", "importers", "store", "reports", "render", "core", "errors", "messages"},
    "cli": {"services", "render", "core", "errors", "messages"},
    "__main__": {"cli"},
    "__init__": set(),
}

# Every third-party package has its homes; most are imported only inside the function that needs them.
HOMES: dict[str, set[str]] = {
    "typer": {"cli"},
    "rich": {"render"},
    "openpyxl": {"importers", "render"},
    "python_calamine": {"importers"},
    "ruamel": {"policy"},
    "pydantic": {"core", "policy"},
    "rapidfuzz": {"policy", "importers", "store", "services"},
    "babel": {"render"},
}
STANDARD_HOMES = {"sqlite3": {"store"}}
AT_MODULE_LEVEL = {"typer", "pydantic"}

IMPURE_MODULES = {
    "os", "io", "sys", "pathlib", "sqlite3", "time", "random", "locale", "subprocess", "socket", "shutil", "tempfile",
    "glob", "logging", "secrets", "uuid", "threading", "multiprocessing", "urllib",
}  # fmt: skip
IMPURE_CALLS = {"print", "open", "input", "eval", "exec"}
CLOCK = {"now", "today", "utcnow", "fromtimestamp"}

# A numeric cell of a spreadsheet *is* a binary double; here, and only here, it becomes a Decimal.
FLOATS_ARRIVE_IN = "core/records/"

LONGEST = 300
LONGER_WITH_REASON: dict[str, str] = {"cli/groups.py": "the one table of all commands"}


class Import(NamedTuple):
    """One import: the full name of what is imported, its line, and whether it runs when the module is loaded."""

    name: str
    line: int
    at_module_level: bool


def sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(tree: ast.Module) -> Iterator[Import]:
    """Yield what a module imports; what stands under `if TYPE_CHECKING:` is never loaded, but still a dependency."""
    inner = {
        id(node) for outer in ast.walk(tree) if _is_deferred(outer) for node in ast.walk(outer) if node is not outer
    }
    for node in ast.walk(tree):
        top = id(node) not in inner
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno, top) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: relative import"
            module = node.module or ""
            yield from (Import(f"{module}.{alias.name}", node.lineno, top) for alias in node.names)


def _is_deferred(node: ast.AST) -> bool:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return True
    return isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")


def layer_faults(layer: str, tree: ast.Module) -> list[str]:
    faults = []
    for found in imports_of(tree):
        parts = found.name.split(".")
        if parts[0] != "salescli" or parts[1:2] in ([], ["__version__"], [layer]):
            continue
        if parts[1] not in MAY_IMPORT[layer]:
            faults.append(f"{found.line}: {layer} must not import {found.name}")
    return faults


def package_faults(layer: str, tree: ast.Module) -> list[str]:
    faults = []
    for found in imports_of(tree):
        package = found.name.split(".")[0]
        homes = HOMES.get(package) or STANDARD_HOMES.get(package)
        if homes is None:
            continue
        if layer not in homes:
            faults.append(f"{found.line}: {package} belongs to {', '.join(sorted(homes))}, not to {layer}")
        elif found.at_module_level and package in HOMES and package not in AT_MODULE_LEVEL:
            faults.append(f"{found.line}: {package} must be imported inside the function that needs it")
    return faults


def purity_faults(tree: ast.Module) -> list[str]:
    faults = [
        f"{found.line}: core must not import {found.name}"
        for found in imports_of(tree)
        if found.name.split(".")[0] in IMPURE_MODULES
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in IMPURE_CALLS:
            faults.append(f"{node.lineno}: core must not call {node.func.id}()")
        if isinstance(node, ast.Attribute) and _reads_the_clock(node):
            faults.append(f"{node.lineno}: core must not read {ast.unparse(node)}")
    return faults


def _reads_the_clock(node: ast.Attribute) -> bool:
    return node.attr in CLOCK and ast.unparse(node.value).split(".")[-1] in ("date", "datetime")


def float_faults(tree: ast.Module) -> list[str]:
    """Money is never a float: core has neither float literals nor float(), but for how alike two words must be."""
    faults = []
    likeness = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "cutoff"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float) and id(node) not in likeness:
            faults.append(f"{node.lineno}: float literal {node.value}")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float":
            faults.append(f"{node.lineno}: float()")
    return faults


def _meets_floats(path: Path) -> bool:
    return path.relative_to(PACKAGE).as_posix().startswith(FLOATS_ARRIVE_IN)


def _parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def _report(faults: dict[Path, list[str]]) -> str:
    return "\n".join(f"{path.relative_to(ROOT)}:{fault}" for path, found in faults.items() for fault in found)


def test_imports_point_one_way() -> None:
    faults = {path: layer_faults(layer_of(path), _parse(path)) for path in sources()}
    assert not _report(faults), _report(faults)


def test_third_party_packages_stay_in_their_homes() -> None:
    faults = {path: package_faults(layer_of(path), _parse(path)) for path in sources()}
    assert not _report(faults), _report(faults)


def test_core_is_pure() -> None:
    faults = {path: purity_faults(_parse(path)) for path in sources() if layer_of(path) in ("core", "reports")}
    assert not _report(faults), _report(faults)


def test_core_has_no_floats() -> None:
    faults = {
        path: float_faults(_parse(path)) for path in sources() if layer_of(path) == "core" and not _meets_floats(path)
    }
    assert not _report(faults), _report(faults)


def test_every_dependency_has_a_home() -> None:
    import tomllib

    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {text.split(">")[0].split("[")[0].strip().lower().replace("-", "_").split(".")[0] for text in declared}
    assert names <= set(HOMES), f"no home declared for {sorted(names - set(HOMES))}"


def test_files_stay_short() -> None:
    long = {str(path.relative_to(PACKAGE)): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    assert not {name: lines for name, lines in long.items() if lines > LONGEST and name not in LONGER_WITH_REASON}
    assert not [name for name in LONGER_WITH_REASON if long.get(name, 0) <= LONGEST], "listed, but short enough"


def test_every_package_has_its_page() -> None:
    """Every layer has a page, and so has every body of rules in core."""
    folders = [path.parent for path in (*PACKAGE.glob("*/__init__.py"), *PACKAGE.glob("core/*/__init__.py"))]
    packages = [folder for folder in folders if len(list(folder.glob("*.py"))) > 1]
    missing = sorted(str(folder.relative_to(ROOT)) for folder in packages if not (folder / "docs.md").is_file())
    assert not missing, f"no docs.md in {missing}"


def test_no_file_is_a_drawer() -> None:
    drawers = {"util", "utils", "helper", "helpers", "common", "misc"}
    assert not [path for path in sources() if path.stem in drawers or path.parent.name in drawers]


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (lambda tree: layer_faults("core", tree), "from salescli.store import open_store"),
        (lambda tree: layer_faults("store", tree), "def f():\n    import salescli.policy.reader"),
        (lambda tree: layer_faults("messages", tree), "from salescli.core.title import Title"),
        (lambda tree: layer_faults("services", tree), "from salescli import cli"),
        (lambda tree: package_faults("services", tree), "def f():\n    import openpyxl"),
        (lambda tree: package_faults("policy", tree), "from ruamel.yaml import YAML"),
        (lambda tree: package_faults("reports", tree), "import sqlite3"),
        (purity_faults, "from pathlib import Path"),
        (purity_faults, "print(1)"),
        (purity_faults, "from datetime import date\nx = date.today()"),
        (float_faults, "rate = 0.1"),
    ],
)
def test_the_checks_can_fail(check, text: str) -> None:
    assert check(ast.parse(text))
