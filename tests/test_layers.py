"""A file imports only from lower layers, and heavy libraries only where they are needed."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import nofields

SOURCE = Path(nofields.__file__).parent
ARCHITECTURE = Path(__file__).parents[1] / "docs" / "contributing" / "architecture.md"
#: The layers, lowest first. A folder is in one layer; inside it, ``base`` and modules without imports come first.
LAYERS = [
    {"_native", "catalog_file", "characters", "extras", "files", "keys"},
    {"rules", "required_texts"},
    {"ranking", "synthetic", "catalogs"},
    {"languages", "plurals", "postal_register"},
    {"message_templates"},
    {"messages"},
    {"ask", "errors", "extract"},
    {"redact"},
    {"check"},
    {"schema"},
    {"value"},
    {"fields"},
    {"locations"},
    {"pydantic_errors"},
    {"schema_steps"},
    {"schema_paths"},
    {"located"},
    {"localization", "generate"},
    {"export", "strategies", "testing", "providers", "columns"},
    {"audit", "spark"},
    {"forms"},
    {"web", "wsgi", "flask", "django"},
    {"altinn"},
    {"cli"},
    {"__init__", "__main__"},
]
LAYER = {part: number for number, parts in enumerate(LAYERS) for part in parts}
#: The folders in a package, lowest first: the modules of one import from none that comes later.
FOLDERS = {"altinn": ["client", "stores", "pages"], "forms": ["files", "types", "parts", "entries", "model", "bound", "steps"]}
#: Lines of a screen.
SCREEN = 40
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
#: Libraries that are imported only when a part that needs them is used.
HEAVY = {
    "babel",
    "pydantic",
    "phonenumbers",
    "stdnum",
    "email_validator",
    "hypothesis",
    "typer",
    "rich",
    "numpy",
    "pyarrow",
    "pyspark",
    "jinja2",
    "starlette",
    "flask",
    "django",
    "uvicorn",
    "cryptography",
    "httpx2",
    "jwt",
    "multipart",
    "faker",
    "polyfactory",
    "pytest",
}


def part(file: Path) -> str:
    return file.relative_to(SOURCE).parts[0].partition(".")[0]


def imported(file: Path) -> set[str]:
    """The modules and packages of nofields that a file imports from, at its top or inside a function."""
    nodes = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, (ast.Import, ast.ImportFrom))]
    return {name.split(".")[1] for node in nodes for name in names_of(node) if name.startswith("nofields.")}


def names_of(node: ast.Import | ast.ImportFrom) -> set[str]:
    """The full names that a line imports; fail on a relative import."""
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    assert node.level == 0, "a relative import"
    return {f"{node.module}.{alias.name}" for alias in node.names}


def test_every_form_of_import(tmp_path: Path) -> None:
    written = "import nofields.cli.app as x, os\nfrom nofields import web\nfrom nofields.forms.form import Form\n"
    (tmp_path / "a.py").write_text(f"{written}def f():\n    try:\n        import nofields.spark\n    finally: ...\n")
    assert imported(tmp_path / "a.py") == {"cli", "web", "forms", "spark"}


FILES = sorted([*SOURCE.rglob("*.py"), SOURCE / "_native.pyi"])


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(SOURCE)))
def test_imports_go_downwards(file: Path) -> None:
    own = part(file)
    upwards = {other for other in imported(file) - {own} if LAYER[other] >= LAYER[own]}
    assert not upwards


@pytest.mark.parametrize(("package", "folder"), [(package, folder) for package in FOLDERS for folder in FOLDERS[package]])
def test_folders_in_a_package(package: str, folder: str) -> None:
    folders = FOLDERS[package]
    files = [file for file in FILES if file.parent == SOURCE / package / folder]
    found = {name.split(".")[2] for file in files for name in modules_of(file) if name.startswith(f"nofields.{package}.")}
    assert found & {*folders} <= {*folders[: folders.index(folder) + 1]}


def modules_of(file: Path) -> set[str]:
    """The modules of nofields that importing a file imports: not those inside functions or for type checkers."""
    found: set[str] = set()
    for node in run_at_import(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("nofields"):
            found |= names_of(node) & MODULES.keys() or {str(node.module)}
        elif isinstance(node, ast.Import):
            found |= names_of(node) & MODULES.keys()
    return found


def run_at_import(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that run when a module is imported: none inside functions or for type checkers."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, FUNCTIONS) or (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)):
            continue
        yield node
        yield from run_at_import(node)


def name_of(file: Path) -> str:
    return ".".join(("nofields", *file.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__")


MODULES = {name_of(file): file for file in FILES}


def test_no_import_cycle() -> None:
    """Inside a package too, where the layers do not apply."""
    TopologicalSorter({name: modules_of(file) for name, file in MODULES.items()}).prepare()


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(SOURCE)))
def test_functions_fit_a_screen(file: Path) -> None:
    functions = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, FUNCTIONS)]
    long = [(node.name, node.end_lineno - node.lineno + 1) for node in functions if node.end_lineno]
    assert [(name, lines) for name, lines in long if lines > SCREEN] == []


def test_every_file_has_a_layer() -> None:
    assert {part(file) for file in FILES} | {"_native"} == set(LAYER)


def test_architecture_diagram() -> None:
    """A file imports only from the lines below its own, and from names left of it on its own line."""
    drawing = ARCHITECTURE.read_text("utf-8").partition("```text\n")[2].partition("```")[0]
    lines = [re.split("  +", line.strip())[0].split(" · ") for line in drawing.splitlines() if line[:1].strip()]
    place = {each: (-number, column) for number, line in enumerate(lines) for column, each in enumerate(line)}
    assert set(place) == set(LAYER) - {"__init__", "__main__"}
    assert [(own, other) for own in place for other in place if LAYER[other] > LAYER[own] and place[other] < place[own]] == []
    for file in FILES:
        if (own := part(file)) in place:
            assert {other for other in imported(file) - {own} if place[other] > place[own]} == set(), file


def test_light_import() -> None:
    script = "import sys, nofields; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not HEAVY & set(loaded)


@pytest.mark.parametrize(
    ("use", "heavy"),
    [
        ("nofields.OrganisationNumber('974760673')", set()),
        ("nofields.NationalIdentityNumber.is_valid('30108299920')", set()),
        ("nofields.PhoneNumber('21234567')", {"phonenumbers"}),
        ("nofields.EmailAddress('ola@example.com')", {"email_validator"}),
        ("nofields.AccountNumber('86011117947').iban", {"stdnum"}),
        ("__import__('pydantic').TypeAdapter(nofields.PostalCode)", {"pydantic"}),
    ],
)
def test_lazy_imports(use: str, heavy: set[str]) -> None:
    """The catalogs of a checkout need Babel; none of these uses a message."""
    script = f"import sys, nofields; {use}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert HEAVY & set(loaded) == heavy


#: The public modules that need no extra.
PUBLIC_MODULES = [
    "catalogs",
    "characters",
    "errors",
    "fields",
    "localization",
    "messages",
    "postal_register",
    "rules",
    "synthetic",
    "value",
]


def test_imported_names_are_public() -> None:
    tree = ast.parse((SOURCE / "__init__.py").read_text("utf-8"))
    imported_names = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("nofields")
        for alias in node.names
    }
    assert imported_names == {*nofields.__all__, *PUBLIC_MODULES}


def test_public_modules() -> None:
    """``import nofields`` is enough to use them; ``typed_api.py`` tests that type checkers agree."""
    script = f"import nofields; print(*(getattr(nofields, name).__name__ for name in {PUBLIC_MODULES}))"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert found == [f"nofields.{name}" for name in PUBLIC_MODULES]
