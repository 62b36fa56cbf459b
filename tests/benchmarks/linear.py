"""``make linear``: the time of every entry for input of 1 kB to 10 MB; fails where ten times the input takes far more.

Of each entry the shape is printed whose time grows most. What takes less than ``FLOOR`` counts as that.
"""

from __future__ import annotations

import io
import json
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import pairwise

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from rich.console import Console
from rich.table import Table
from starlette.exceptions import HTTPException
from starlette.requests import Request

from nofields import Field, OrganisationNumber, negotiate
from nofields.audit.csv_file import CsvFile
from nofields.audit.guess import guessed, secret
from nofields.audit.unreadable import Unreadable
from nofields.check import compile_rule
from nofields.columns import check
from nofields.fields import ALL
from nofields.forms import Form
from nofields.web import problem_response
from nofields.web.bodies import read_form, read_json

SIZES = [10**3, 10**4, 10**5, 10**6, 10**7]
#: Ten times the input may take so many times as long: a hundred would be quadratic, and caches are too small some time.
BAR = 40
#: In seconds: what takes less is not compared.
FLOOR = 0.002
#: What is repeated up to a size. Each has defeated some pattern somewhere.
SHAPES = [*"09a -(@+æ٣\u00a0\ud800", "+47", "aA1", "a.", "a@", "1.", "1-", "a,", "00", "%C3", "1 000 ", "31.12.2016 "]
LINES = [*'0a;",\r\n', "974760673;", "974760673\n", '"x";', '""', 'x"', "a\r", '"\n', ';"\n', '"x"x\n', '",x","\n', '";x";"\n']
#: Names of columns.
NAMES = [*"([f9_ø", "([", "aA", "fnr ", "social ", "birth "]
HEADERS = [*"a,;*-= ", "nb,", "nn;q=0.5,", "q=", ";q=", "*;q=0,", "a-", " ,", "\t"]
BODIES = [*"a&=%+;", "a=b&", "%41", "password=x&", "a=&=b&"]
JSONS = ["[", '{"a":', '"', "1", "\\u0041", " ", "null,"]


class Asked(BaseModel):
    orgnr: OrganisationNumber


FORM = Form(Asked)


def of_a_field(field: type[Field]) -> Callable[[str], object]:
    return lambda text: (field.is_valid(text), field.problem(text))


def schema_of(field: type[Field]) -> dict[str, object]:
    return compile_rule(field.rule).json_schema(clean=False)


def of_a_pattern(field: type[Field]) -> Callable[[str], object]:
    """What others check by: whoever reads the JSON Schema."""
    pattern = re.compile(str(schema_of(field)["pattern"]))
    return lambda text: pattern.search(text + "!")


def of_csv(text: str) -> None:
    source = CsvFile(io.BytesIO(text.encode()), "x", None, None, None)  # type: ignore[arg-type]
    for piece in source.pieces(source.columns[:5]):
        piece.read()


def of_a_name(text: str) -> None:
    for name in (text, f"{text},orgnr"):
        guessed([name])
        secret([name])


def of_a_body(read: Callable[..., object], kind: bytes) -> Callable[[str], object]:
    """A request whose body is read as it would be without a limit."""

    def ask(text: str) -> None:
        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": text.encode(), "more_body": False}

        request = Request({"type": "http", "headers": [(b"content-type", kind)]}, receive)  # type: ignore[arg-type]
        with suppress(StopIteration):
            read(request, len(text) + 1).send(None)  # type: ignore[attr-defined]

    return ask


def of_errors(text: str) -> None:
    """Errors of very many values under one long key of a body."""
    count = len(text) // 100
    listed = [{"type": "missing", "loc": ("body", text, number, text)} for number in range(count)]
    problem_response(Request({"type": "http", "headers": []}), RequestValidationError(listed, body={text: [{}] * count}))


#: Every entry, and what it is given.
ENTRIES: Mapping[str, tuple[Callable[[str], object], list[str]]] = {
    **{field.__name__: (of_a_field(field), SHAPES) for field in ALL},
    **{f"{field.__name__}, pattern": (of_a_pattern(field), SHAPES) for field in ALL if "pattern" in schema_of(field)},
    "column": (lambda text: check(OrganisationNumber, [text.replace("\ud800", "\0")] * 2).clean(), SHAPES),
    "form": (lambda text: FORM.bind({"orgnr": text}, "nb").render(), SHAPES),
    "CSV": (of_csv, LINES),
    "CSV, a row that is never closed": (lambda text: of_csv(f'a;b\n"{text}'), LINES),
    "name of a column": (of_a_name, NAMES),
    "Accept-Language": (negotiate, HEADERS),
    "body of a form": (of_a_body(read_form, b"application/x-www-form-urlencoded"), BODIES),
    "problem+json": (of_errors, SHAPES),
    "body of JSON": (of_a_body(read_json, b"application/json"), JSONS),
}


def seconds(call: Callable[[str], object], text: str) -> float:
    """The least time of three; of one where that is long."""
    best = float("inf")
    for _ in range(3):
        begun = time.perf_counter()
        with suppress(Unreadable, HTTPException):
            call(text)
        best = min(best, time.perf_counter() - begun)
        if best > 1:
            break
    return best


def growth(times: list[float]) -> float:
    """How many times as long ten times the input takes, at most."""
    return max((later / max(time, FLOOR) for time, later in pairwise(times)), default=0)


def measured() -> Iterator[tuple[str, str, list[float]]]:
    """Of each entry the shape whose time grows most, and its times."""
    for name, (call, shapes) in ENTRIES.items():
        found = {shape: [seconds(call, (shape * (size // len(shape) + 1))[:size]) for size in SIZES] for shape in shapes}
        worst = max(found, key=lambda shape: (growth(found[shape]), max(found[shape])))
        yield name, worst, found[worst]


def main() -> int:
    table, failed = Table("entry", "shape", *(f"{size // 1000:,} kB" for size in SIZES), "at most"), False
    for name, shape, times in measured():
        failed |= growth(times) > BAR
        shown = (f"{1e6 * each:,.0f} µs" for each in times)
        table.add_row(name, json.dumps(shape, ensure_ascii=True), *shown, f"{growth(times):.1f}×")
    Console(width=110).print(table)
    return failed


if __name__ == "__main__":
    sys.exit(main())
