"""Every regular expression of the package that Python matches, with the methods it is matched by.

Three searches find them, so that no new pattern is missed: the patterns reachable from the package's modules and
from the checks of its fields; literal patterns that the source passes to a function of ``re``; and those of the JSON
Schemas. A pattern built at run time must be reachable or listed in ``BUILT``: ``patterns`` raises ``LookupError`` for
any other.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import nofields
from nofields.audit.csv_rows import Rows
from nofields.check import compile_rule
from nofields.check.iban import accounts_of, countries
from nofields.fields import ALL
from nofields.forms.files.file_types import KNOWN

SOURCE = Path(nofields.__file__).parent
#: The patterns for rows of CSV.
ROWS = Rows(";", 1 << 20)
METHODS = ("match", "fullmatch", "search", "sub", "split", "findall")
#: Methods that find the same matches as another.
_SAME = {"finditer": "findall", "subn": "sub"}
Pattern = re.Pattern[str] | re.Pattern[bytes]


class Used(NamedTuple):
    """A pattern, where it is written, and a method it is matched by."""

    where: str
    pattern: Pattern
    method: str

    def match(self, text: str) -> object:
        subject: Any = text if isinstance(self.pattern.pattern, str) else text.encode("utf-8", "replace")
        match: Callable[..., object] = getattr(self.pattern, self.method)
        return match(subject[:0], subject) if self.method == "sub" else match(subject)


def _words(*words: str) -> str:
    return rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)"


#: The patterns built inside functions, by file and function: examples of those that ``_reachable`` does not find; and
#: the name by which they are matched, if they have one.
BUILT: Mapping[str, tuple[Callable[[], list[Any]], str]] = {
    "audit/csv_rows.py:__init__": (lambda: [ROWS._cells, ROWS._inside, ROWS._unquoted, ROWS._line_end], "_cells"),
    "audit/csv_rows.py:rows": (lambda: [ROWS._rows, ROWS._rows_of_one_line], "_rows"),
    "audit/masking.py:": (list, ""),
    "check/any_phone.py:__init__": (list, ""),
    "check/base.py:": (list, ""),
    "check/date.py:__init__": (list, ""),
    "check/date.py:_matches": (list, ""),
    "check/date_range.py:__init__": (list, ""),
    "check/email.py:": (list, ""),
    "check/iban.py:accounts_of": (lambda: [each.pattern.pattern for each in map(accounts_of, countries()) if each], "pattern"),
    "check/notation.py:float_automaton": (list, ""),
    "check/number.py:forms": (list, ""),
    "check/password.py:__init__": (list, ""),
    "check/password.py:_accepted": (list, ""),
    "check/patterns.py:": (list, ""),
    "check/patterns.py:ignoring": (lambda: ["[0-9]"], ""),
    "check/phone.py:_numbers": (list, ""),
    "check/system_id.py:__init__": (list, ""),
    "check/vat.py:__init__": (list, ""),
    "cli/redacting.py:_mask_words": (lambda: [_words("a", "aa", "a.", " ")], ""),
    "columns/date.py:": (list, ""),
    "columns/date.py:_of_shapes": (lambda: ["(?P<day>(?:[0-9]|[0-3])[0-9])[.]"], ""),
    "forms/types/plain_values.py:": (list, ""),
    "forms/endpoints.py:": (list, ""),
    "forms/files/file_types.py:_begins": (
        lambda: [re.compile(each.signature, re.DOTALL) for each in KNOWN if each.signature],
        "",
    ),
    "locations.py:": (list, ""),
}
#: Files that match only text of the package itself, such as its style sheets, and no input.
OWN_TEXT = {"forms/assets.py"}


def patterns() -> Iterator[Used]:
    """Yield every pattern with each method it is matched by; raise ``LookupError`` for one that would be missed."""
    calls, reachable = _Calls(), _reachable()
    if lost := calls.compiled - {pattern.pattern for _, pattern, _ in reachable.values()}:
        raise LookupError(f"patterns that no module keeps under a name: {lost}")
    if unknown := calls.built.keys() ^ BUILT.keys():
        raise LookupError(f"patterns that are not in BUILT, or are no longer built: {', '.join(sorted(unknown))}")
    for where, pattern, name in {**reachable, **calls.written}.values():
        for method in sorted(calls.methods.get(name, METHODS)):
            yield Used(where, pattern, method)
    for where, methods in calls.built.items():
        examples, name = BUILT[where]
        for example in examples():
            for method in sorted(calls.methods.get(name, methods)):
                yield Used(where, re.compile(example), method)
    for field in ALL:
        for place, written in _of_schema(compile_rule(field.rule).json_schema(clean=False)):
            yield Used(f"JSON Schema of {field.__name__}{place}", re.compile(written), "search")


def _of_schema(schema: object, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(schema, dict):
        for name, inside in schema.items():
            if name == "pattern" and isinstance(inside, str):
                yield place, inside
            yield from _of_schema(inside, f"{place}/{name}")
    elif isinstance(schema, list):
        for number, inside in enumerate(schema):
            yield from _of_schema(inside, f"{place}/{number}")


Patterns = dict[tuple[str, object, int], tuple[str, Pattern, str]]


def _reachable() -> Patterns:
    """Return the patterns in modules, their classes and objects, and the checks of the fields, by name."""
    found: Patterns = {}
    seen: set[int] = set()
    modules = [importlib.import_module(each.name) for each in pkgutil.walk_packages([str(SOURCE)], "nofields.") if _safe(each)]
    waiting: list[tuple[str, str, object]] = [
        (each.__name__, name, value) for each in modules for name, value in vars(each).items()
    ]
    waiting += [(f"check of {field.__name__}", "", compile_rule(field.rule)) for field in ALL]
    while waiting:
        where, name, value = waiting.pop()
        if isinstance(value, re.Pattern):
            found.setdefault((name, value.pattern, value.flags), (f"{where}.{name}", value, name))
        elif id(value) not in seen:
            seen.add(id(value))
            waiting += [(where, inner or name, each) for inner, each in _inside(value)]
    return found


def _safe(module: pkgutil.ModuleInfo) -> bool:
    return not module.name.endswith("__main__")


def _inside(value: object) -> Iterator[tuple[str, object]]:
    """Yield the members of a container, a class or an object of the package, with their names if they have any."""
    if isinstance(value, list | tuple | set | frozenset):
        yield from (("", each) for each in value)
    if isinstance(value, Mapping):
        yield from (("", each) for each in value.values())
    if isinstance(value, type) and value.__module__.startswith("nofields"):
        yield from vars(value).items()
    elif type(value).__module__.startswith("nofields"):
        yield from getattr(value, "__dict__", {}).items()
        for name, member in inspect.getmembers_static(type(value)):
            func = member.fget if isinstance(member, property) else member.func if isinstance(member, cached_property) else None
            if func and "re.Pattern" in str(func.__annotations__.get("return")):
                yield name, getattr(value, name)


class _Calls(ast.NodeVisitor):
    """The calls in the package's source that match or compile a pattern."""

    def __init__(self) -> None:
        #: By the name of a pattern, the methods called on it.
        self.methods: defaultdict[str, set[str]] = defaultdict(set)
        #: The literal patterns passed to a function of ``re``.
        self.written: Patterns = {}
        #: By file and function, the methods of patterns that are not literal.
        self.built: defaultdict[str, set[str]] = defaultdict(set)
        #: The literal patterns compiled when their module is imported: they are reachable by a name.
        self.compiled: set[object] = set()
        self._file, self._function = "", ""
        for file in sorted(SOURCE.rglob("*.py")):
            self._file = file.relative_to(SOURCE).as_posix()
            if self._file not in OWN_TEXT:
                self.visit(ast.parse(file.read_text("utf-8")))

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.module == "re":
            raise LookupError(f"{self._file} imports names from re: only calls such as re.compile are found")

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        outer, self._function = self._function, node.name
        self.generic_visit(node)
        self._function = outer

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        if not isinstance(node.func, ast.Attribute):
            return
        method, owner = _SAME.get(node.func.attr, node.func.attr), node.func.value
        name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
        if name == "re" and method in (*METHODS, "compile"):
            self._record(node, method)
        elif method in METHODS:
            self.methods[name].add(method)

    def _record(self, node: ast.Call, method: str) -> None:
        options = [ast.unparse(each) for each in (*node.args[1:], *(keyword.value for keyword in node.keywords))]
        try:
            pattern = eval(ast.unparse(node.args[0]), {})
        except NameError:
            self.built[f"{self._file}:{self._function}"] |= METHODS_OF[method]
            return
        if method == "compile" and not self._function:
            self.compiled.add(pattern)
            return
        flags = eval("|".join(each for each in options if re.fullmatch(r"[re.A-Z| ]+", each)) or "0", {"re": re})
        name = f"{self._file}:{node.lineno}"
        self.methods[name] |= METHODS_OF[method]
        self.written[(name, pattern, flags)] = (name, re.compile(pattern, flags), name)


#: The methods that a call leads to: a compiled pattern may be matched by any.
METHODS_OF = {**{method: {method} for method in METHODS}, "compile": set(METHODS)}
