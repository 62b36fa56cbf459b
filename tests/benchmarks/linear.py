"""``make linear``: the time of every entry for input of 1 kB to 10 MB; fails where ten times the input takes far more.

The entries are the fields, files, bodies and headers, and every regular expression of the package (``patterns.py``). Of each
the shape is printed whose time grows most. What takes less than ``FLOOR`` counts as that. An entry whose time grows faster
than it may is measured no further: quadratic time for 10 MB would be days.
"""

from __future__ import annotations

import io
import json
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

from benchmarks.patterns import Used, patterns
from helpers.altinn_site import asked
from nofields import Field, OrganisationNumber, negotiate
from nofields.altinn import app
from nofields.altinn.cookies import cookie
from nofields.audit.csv_file import CsvFile
from nofields.audit.guess import guess_fields, secret_columns
from nofields.audit.unreadable import Unreadable
from nofields.columns import check
from nofields.fields import ALL
from nofields.forms import Form
from nofields.pydantic_errors import problem_of, project_text
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
#: Added to the shapes of a pattern: the characters and pairs of characters that it is written with.
LONGEST_PATTERN = 100
HEADERS = [*"a,;*-= ", "nb,", "nn;q=0.5,", "q=", ";q=", "*;q=0,", "a-", " ,", "\t"]
BODIES = [*"a&=%+;", "a=b&", "%41", "password=x&", "a=&=b&"]
JSONS = ["[", '{"a":', '"', "1", "\\u0041", " ", "null,"]
COOKIES = ["\\", "\\\\", '"', 'x="', "\\101", ";", "x=", "x;", "a=b; ", "x=\\"]
REQUEST_HEADERS = ["accept", "accept-language", "cookie", "host", "origin", "content-type", "content-length", "sec-fetch-site"]
ALTINN = app(store=None)  # type: ignore[arg-type] - no page asked for here has anything stored


class Asked(BaseModel):
    orgnr: OrganisationNumber


FORM = Form(Asked)


def of_a_field(field: type[Field]) -> Callable[[str], object]:
    return lambda text: (field.is_valid(text), field.problem(text))


def of_a_pattern(used: Used) -> tuple[Callable[[str], object], list[str]]:
    """A pattern, and text that it almost matches: most of them fail at the exclamation mark."""
    written = used.pattern.pattern
    source = written if isinstance(written, str) else written.decode()
    pairs = {*pairwise(source), *pairwise(source.replace("\\", ""))} if len(source) < LONGEST_PATTERN else ()
    own = {*source, *map("".join, pairs)}
    return lambda text: used.match(text + "!"), sorted({*SHAPES, *own, "\n", "\t", "\0"})


def of_csv(text: str) -> None:
    source = CsvFile(io.BytesIO(text.encode()), "x", None, None, None)  # type: ignore[arg-type]
    for piece in source.pieces(source.columns[:5]):
        piece.read()


def of_a_name(text: str) -> None:
    for name in (text, f"{text},orgnr"):
        guess_fields([name])
        secret_columns([name])


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


def of_a_project(text: str) -> None:
    """A project's text, which quotes what was rejected."""
    project_text({"type": "own", "msg": text}, [text], secrets=[text])


def of_alternatives(text: str) -> None:
    """The alternatives of a model, as pydantic lists them."""
    for kind, name in (("enum", "expected"), ("url_scheme", "expected_schemes"), ("greater_than", "gt")):
        problem_of(kind, {name: text})


def of_a_header(name: str, path: str = "/register") -> Callable[[str], object]:
    """A request to the Altinn forms with one long header, as the app gets it from the server."""
    headers = {b"host": b"localhost", b"accept": b"text/html"}

    def ask(text: str) -> None:
        asked(ALTINN, "GET", path, b"", [*(headers | {name.encode(): text.encode("latin-1", "replace")}).items()])

    return ask


def of_lines(text: str) -> None:
    """A request with many lines of the headers that may have several."""
    lines = [(name, text[:1].encode()) for name in (b"cookie", b"accept-language", b"accept") for _ in range(len(text) // 30)]
    asked(ALTINN, "GET", "/", b"", [(b"host", b"localhost"), *lines])


#: Every entry, and what it is given.
ENTRIES: Mapping[str, tuple[Callable[[str], object], list[str]]] = {
    **{field.__name__: (of_a_field(field), SHAPES) for field in ALL},
    "column": (lambda text: check(OrganisationNumber, [text.replace("\ud800", "\0")] * 2).clean(), SHAPES),
    "form": (lambda text: FORM.bind({"orgnr": text}, "nb").render(), SHAPES),
    "CSV": (of_csv, LINES),
    "CSV, a row that is never closed": (lambda text: of_csv(f'a;b\n"{text}'), LINES),
    "name of a column": (of_a_name, NAMES),
    "Accept-Language": (negotiate, HEADERS),
    "body of a form": (of_a_body(read_form, b"application/x-www-form-urlencoded"), BODIES),
    "problem+json": (of_errors, SHAPES),
    "project's text": (of_a_project, [*SHAPES, "1 ", "12345678901 ", "301082 99920 "]),
    "pydantic's alternatives": (of_alternatives, ["'", "'a', ", "a, ", '"', "\\", "'\\'", " or ", "0-", "a"]),
    "body of JSON": (of_a_body(read_json, b"application/json"), JSONS),
    "cookies": (
        lambda text: cookie(Request({"type": "http", "scheme": "http", "headers": [(b"cookie", text.encode())]}), "x"),
        COOKIES,
    ),
    "query": (lambda text: asked(ALTINN, "GET", "/", text.encode(), [(b"host", b"localhost")]), BODIES),
    **{f"header {name}": (of_a_header(name), HEADERS + COOKIES) for name in REQUEST_HEADERS},
    "header If-None-Match": (of_a_header("if-none-match", "/assets/forms.js"), HEADERS + COOKIES),
    "headers of many lines": (of_lines, [",", "a", '"']),
}


def entries() -> Iterator[tuple[str, Callable[[str], object], list[str], list[int]]]:
    """The name of every entry, the call, the shapes and the sizes of what it is given."""
    for name, (call, shapes) in ENTRIES.items():
        yield name, call, shapes, SIZES
    for used in patterns():
        yield f"{used.where}, {used.method}", *of_a_pattern(used), SIZES[:3]


def seconds(call: Callable[[str], object], text: str) -> float:
    """The least time of three, of the processor alone: others may use the machine too. Of one where that is long."""
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        with suppress(Unreadable, HTTPException):
            call(text)
        best = min(best, time.process_time() - begun)
        if best > 1:
            break
    return best


def times_of(call: Callable[[str], object], shape: str, sizes: list[int]) -> list[float]:
    """The time for each size, as long as it grows as it may; what seems to grow faster is measured once more."""
    times: list[float] = []
    for size in sizes:
        text = (shape * (size // len(shape) + 1))[:size]
        times.append(seconds(call, text))
        if growth(times[-2:]) > BAR and times[-1] < 1:
            times[-1] = min(times[-1], seconds(call, text))
        if growth(times[-2:]) > BAR:
            break
    return times


def growth(times: list[float]) -> float:
    """How many times as long ten times the input takes, at most."""
    return max((later / max(time, FLOOR) for time, later in pairwise(times)), default=0)


def measured(part: str) -> Iterator[tuple[str, str, list[float]]]:
    """Of each entry with ``part`` in its name the shape whose time grows most, and its times."""
    for name, call, shapes, sizes in [each for each in entries() if part in each[0]]:
        found: dict[str, list[float]] = {}
        for shape in shapes:
            found[shape] = times_of(call, shape, sizes)
            if growth(found[shape]) > BAR:
                break
        worst = max(found, key=lambda shape: (growth(found[shape]), max(found[shape])))
        yield name, worst, found[worst]


def main(part: str = "") -> int:
    table, failed = Table("entry", "shape", *(f"{size // 1000:,} kB" for size in SIZES), "at most"), False
    for name, shape, times in measured(part):
        failed |= growth(times) > BAR
        shown = [f"{1e6 * each:,.0f} µs" for each in times] + [""] * (len(SIZES) - len(times))
        table.add_row(name, json.dumps(shape, ensure_ascii=True), *shown, f"{growth(times):.1f}×")
    Console(width=130).print(table)
    return failed


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
