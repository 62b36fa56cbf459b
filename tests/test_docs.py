"""The pages of the documentation, and those of them that are made from the code."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import field_pages
import reference_pages
from helpers import documents
from nofields import Key, Phrase, Reason, postal_register
from nofields.export.rules import rules
from nofields.fields import ALL
from nofields.value import Field
from provoked import provoked, reasons
from writing import as_text, page_name

ROOT = Path(__file__).parents[1]
#: The written pages by folder; those of ``fields`` and of most of ``reference`` are made from the code.
WRITTEN = {
    ".": {"index"},
    "start": {"index", "pydantic", "choose"},
    "guides": {
        *("index", "fastapi", "django", "flask", "messages", "optional", "privacy", "testing", "columns", "files", "spark"),
        *(
            "react",
            "vue",
            "react-hook-form",
            "vee-validate",
            "zod",
            "altinn-studio",
            "frontends",
            "altinn",
            "altinn3",
            "forms",
            "form-parts",
            "form-templates",
            "form-files",
            "form-steps",
            "form-examples",
        ),
    },
    "translations": {"index", "override", "languages", "glossary"},
    "extending": {"index", "field", "rule", "key", "bundle-format"},
    "reference": {"index", "api"},
    "why": {"index", "comparison", "forms-comparison", "benchmarks", "limits"},
    "contributing": {"index", "architecture", "releasing", "security"},
}
REFERENCE = {"keys", "reasons", "command-line", "environment", "exit-codes"}
#: The sections of a field's page. ``Properties`` is one more, if its values have any.
SECTIONS = ["Written forms", "Errors", "Rule", "Class arguments", "JSON Schema", "Source"]
PAGES = field_pages.pages()
fields = pytest.mark.parametrize("field", ALL, ids=lambda field: field.__name__)


def page(field: type[Field]) -> str:
    return PAGES[f"{page_name(field)}.md"]


def test_written_pages() -> None:
    """Other pages link to these names. A new page is added here, and to the toctree of its section."""
    made = {ROOT / "docs" / "reference" / f"{name}.md" for name in REFERENCE} | set((ROOT / "docs" / "fields").glob("*"))
    found: dict[str, set[str]] = {}
    for file in set((ROOT / "docs").rglob("*.md")) - made:
        found.setdefault(str(file.parent.relative_to(ROOT / "docs")), set()).add(file.stem)
    assert found == WRITTEN


def test_examples() -> None:
    """A page shows each of the tested examples, whole."""
    text = (ROOT / "docs" / "guides" / "form-examples.md").read_text("utf-8")
    shown = re.findall(
        r"^```\{literalinclude\} \.\./\.\./tests/(.+)\n:caption: (.+)\n(?::language: html\+jinja\n)?```$", text, re.MULTILINE
    )
    folder = ROOT / "tests" / "examples"
    files = {str(file.relative_to(folder.parent)) for file in folder.rglob("*") if file.suffix in (".py", ".html")}
    assert sorted(file for file, _ in shown) == sorted(files - {"examples/__init__.py"})
    assert [each for each in shown if len({*each}) > 1] == []


def test_made_pages() -> None:
    assert set(PAGES) == {f"{page_name(field)}.md" for field in ALL} | {"index.md"}
    assert set(reference_pages.pages()) == {f"{name}.md" for name in REFERENCE}


@fields
def test_parts(field: type[Field]) -> None:
    text = page(field)
    assert text.startswith("# ")
    assert [name for name in re.findall(r"^## (.+)", text, re.MULTILINE) if name != "Properties"] == SECTIONS
    examples = re.findall(r"^>>> .+", inspect.getdoc(field) or "", re.MULTILINE)
    assert [line for line in examples if line not in text] == []
    for key in {str(each.problem.key) for each in provoked(field).values()}:
        assert f"| `{key}` |" in text
    for each in provoked(field).values():
        for language in ("nb", "nn", "en"):
            assert f"{as_text(each.problem.explanation(language))} ({language})" in text


@fields
def test_reasons(field: type[Field]) -> None:
    """The page has each reason that the strategies know, and each that the docstring names.

    A new field needs an entry in docs/extensions/samples.py for those of which no strategy has values.
    """
    shown = provoked(field)
    assert set(reasons(field)) <= set(shown)
    described = (inspect.getdoc(field) or "").partition("Errors:")[2].partition(">>>")[0]
    named = {reason for reason in Reason if f"``{reason.value}``" in described}
    assert named <= set(shown)


@fields
def test_snippets(field: type[Field], tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(page(field), "utf-8")
    assert documents.run(tmp_path / "page.md") >= 7


@fields
def test_short_name(field: type[Field]) -> None:
    """The page states whether JavaScript has the field."""
    line = f"command line and in JavaScript: `{field.name}`"
    assert (line in page(field)) is (field.name in rules())


def test_no_control_characters() -> None:
    """They would break tables, and change when the page is read again."""
    assert [name for name, text in PAGES.items() if not text.replace("\n", "").isprintable()] == []


def test_same_pages_every_time(tmp_path: Path) -> None:
    """In another process, in which sets have another order, and with other settings."""
    script = "import field_pages, reference_pages; print(field_pages.pages() | reference_pages.pages())"
    settings = {"PYTHONHASHSEED": "7", "COLUMNS": "200", "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", script]
    ended = subprocess.run(command, env=os.environ | settings, capture_output=True, encoding="utf-8", check=True, cwd=tmp_path)
    assert ended.stdout.strip() == str(PAGES | reference_pages.pages())


def test_every_key() -> None:
    text = reference_pages.keys()
    assert [key for key in (*Key, *Phrase) if f"| `{key}` |" not in text] == []


def test_every_reason() -> None:
    assert re.findall(r"^## `(.+)`", reference_pages.reasons(), re.MULTILINE) == list(Reason)


def test_every_environment_variable() -> None:
    """Each has a comment above ``VARIABLE`` with its values, its default and who reads it."""
    text = reference_pages.environment()
    source = "".join(file.read_text("utf-8") for file in (ROOT / "src").rglob("*.py"))
    names = set(re.findall(r"NOFIELDS_[A-Z_]+", source))
    assert set(re.findall(r"^## `(.+)`", text, re.MULTILINE)) == names
    assert [text.count(f"\n{part}\n: ") for part in ("Values", "Default", "Read by")] == [len(names)] * 3


def test_every_command() -> None:
    text = reference_pages.pages()["command-line.md"]
    commands = re.findall(r"^## `nofields (.+)`", text, re.MULTILINE)
    assert set(commands) >= {"fields", "explain", "check", "generate", "export", "postal-codes", "serve", "messages lint"}
    assert text.count("Usage: nofields") == len(commands) + 1


def test_exit_codes_name_commands() -> None:
    commands = re.findall(r"^## `nofields (.+)`", reference_pages.pages()["command-line.md"], re.MULTILINE)
    named = set(re.findall(r"`nofields ([a-z -]+)`", reference_pages.exit_codes()))
    assert named <= set(commands)


@pytest.mark.parametrize("name", ["README.md", "docs/why/limits.md"])
def test_date_of_postal_register(name: str) -> None:
    """A page that dates the bundled register names the month in its head."""
    stated = re.findall(r"register of (\w+ \d{4})", (ROOT / name).read_text("utf-8"))
    as_of = postal_register.status().as_of
    assert as_of
    assert stated == [f"{as_of:%B %Y}"]
