"""The arrows between the package's parts point one way, and its front door is small."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import dragoman

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "dragoman"

#: What each part may import of ours. "dragoman" is the package's own `__init__`, its front door.
MAY_IMPORT: dict[str, set[str]] = {
    "domain": set(),
    "errors": set(),
    "samples": {"domain", "errors"},
    "ontology": {"domain", "errors"},
    "sources": {"domain", "errors", "ontology"},
    "language": {"domain", "errors", "ontology"},
    "reading": {"domain", "errors", "ontology", "language"},
    "ledger": {"domain", "errors", "ontology", "sources", "language", "reading"},
    "intake": {"domain", "errors", "ontology", "sources", "language", "reading", "ledger"},
    "views": {"domain", "errors", "ontology", "ledger"},
    "show": {"domain", "errors", "ontology", "ledger", "views"},
    "dragoman": {
        "domain", "errors", "ontology", "sources", "language", "reading", "ledger", "views", "show", "samples",
    },
    "cli": {
        "domain", "errors", "ontology", "sources", "language", "reading", "ledger", "intake", "views", "show",
        "samples", "dragoman", "web",
    },
    "web": {"domain", "errors", "ontology", "sources", "ledger", "views", "show"},
    "__main__": {"cli"},
}  # fmt: skip

#: Looks upwards that are allowed inside a function, and there for its types: (importing part, imported part).
INSIDE_FUNCTIONS = {
    ("domain", "show"),  # notebooks find `Reading._repr_html_` by its name
    ("ledger", "views"),  # `Ledger.relation` and its like, the questions a notebook asks first
}

#: The names a newcomer meets; names may be added, never taken away.
PUBLIC = {
    "Dispute", "Document", "DragomanError", "Event", "Initiative", "Measure", "NextStep", "Reading", "Statement",
    "__version__", "read",
}  # fmt: skip
ABOUT_TEN = 14  # a front door with more names than this is no front door; a guess

MODULES = sorted(PACKAGE.rglob("*.py"))
PARTS = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in MODULES}


def part_of(path: Path) -> str:
    """Return the part that a module belongs to: the name below the package, "dragoman" for its `__init__`."""
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "dragoman" if first == "__init__" else first


def imported_parts(tree: ast.AST, path: Path) -> Iterator[tuple[str, bool]]:
    """Yield each part of ours that is imported, and whether inside a function."""
    package = ["dragoman", *path.relative_to(PACKAGE).parts[:-1]]
    for node, inside in walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = (
                ".".join([*package[: len(package) - node.level + 1], node.module or ""]) if node.level else node.module
            )
            names = [f"{(base or '').rstrip('.')}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            root, _, rest = name.partition(".")
            if root in {"tests", "benchmarks", "training"}:
                yield root, inside
            elif root == "dragoman":
                part = rest.partition(".")[0]
                yield (part if part in MAY_IMPORT or part in PARTS else root), inside


def walk(node: ast.AST, inside: bool = False) -> Iterator[tuple[ast.AST, bool]]:
    """Yield every node and whether it stands inside a function, or is there for types alone."""
    yield node, inside
    inside = inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    inside = inside or (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    for child in ast.iter_child_nodes(node):
        yield from walk(child, inside)


def wrong_imports(source: str, path: Path) -> list[str]:
    """Return the imports that point against an arrow, as "importer -> imported"."""
    part = part_of(path)
    allowed = MAY_IMPORT[part] | {part}
    return [
        f"{part} -> {other}"
        for other, inside in imported_parts(ast.parse(source), path)
        if other not in allowed and not (inside and (part, other) in INSIDE_FUNCTIONS)
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_follow_the_arrows(path):
    """Each module imports only the parts that its own part may know, `if TYPE_CHECKING` included."""
    assert wrong_imports(path.read_text(encoding="utf-8"), path) == []


@pytest.mark.parametrize(
    ("module", "source", "wrong"),
    [
        ("reading/x.py", "from dragoman.language.parse import parse", []),
        ("reading/x.py", "from dragoman import domain, show", ["reading -> show"]),
        ("reading/x.py", "from . import roles\nfrom ..show import page", ["reading -> show"]),
        ("reading/x.py", "from dragoman import read", ["reading -> dragoman"]),  # a circle through the front door
        ("sources/x.py", "if TYPE_CHECKING:\n    import dragoman.language.parse", ["sources -> language"]),
        ("show/x.py", "def f():\n    from dragoman.reading import read", ["show -> reading"]),
        ("domain.py", "def f():\n    from dragoman.show.page import fragment", []),
        ("domain.py", "from dragoman.show.page import fragment", ["domain -> show"]),
        ("show/x.py", "import dragoman.cli", ["show -> cli"]),
        ("views/x.py", "from dragoman.ledger.entries import Entry", []),
        ("views/x.py", "from dragoman.show.words import words", ["views -> show"]),
        ("ledger/x.py", "from dragoman.views import relation", ["ledger -> views"]),
        ("ledger/x.py", "def f():\n    from dragoman.views import relation", []),
        ("cli/x.py", "from benchmarks import gold", ["cli -> benchmarks"]),
        ("errors.py", "import os, datetime\nfrom typing import Any", []),
    ],
)
def test_the_check_sees_every_way_to_import(module, source, wrong):
    """Absolute and relative imports, type-only ones and those inside functions are all seen."""
    assert wrong_imports(source, PACKAGE / module) == wrong


def test_the_arrows_make_no_circle():
    """Following the table from any part never leads back to it."""
    settled: set[str] = set()
    while ready := {part for part, below in MAY_IMPORT.items() if part not in settled and below <= settled}:
        settled |= ready

    assert settled == set(MAY_IMPORT)


def test_every_promised_name_is_exported():
    """The front door offers the promised names, a few more at most, and each leads somewhere."""
    assert set(dragoman.__all__) >= PUBLIC
    assert len(dragoman.__all__) <= ABOUT_TEN
    assert [name for name in dragoman.__all__ if not hasattr(dragoman, name)] == []


def test_nothing_of_ours_leaks_through_the_front_door():
    """What can be seen in the package without an underscore is exported, a submodule, or not ours."""
    seen = {
        name
        for name, value in vars(dragoman).items()
        if not name.startswith("_") and str(getattr(value, "__module__", "")).startswith("dragoman")
    }

    assert seen <= set(dragoman.__all__)
