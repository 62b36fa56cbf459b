"""``make linear``: time every entry point on input of 1 kB to 10 MB; fail where time grows faster than input.

The entry points are the fields, files, bodies and headers, and every regular expression of the package
(``patterns.py``). For each, the shape of input whose time grows most is printed. Times below ``RESOLUTION`` count
as ``RESOLUTION``. An entry point that exceeds ``BAR`` is not measured on larger input: quadratic time for 10 MB
would be days.
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import pairwise
from unittest.mock import create_autospec

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from rich.console import Console
from rich.table import Table
from starlette.exceptions import HTTPException
from starlette.requests import Request

from benchmarks.patterns import Used, patterns
from helpers.altinn_site import send_raw
from nofields import Field, OrganisationNumber, negotiate
from nofields.altinn import Store, app
from nofields.altinn.pages.cookies import cookie
from nofields.audit.csv_file import CsvFile
from nofields.audit.guess import guess_fields, secret_columns
from nofields.audit.unreadable import Unreadable
from nofields.columns import check
from nofields.fields import ALL
from nofields.forms import Form
from nofields.forms.endpoints import ROUTES, Answer, Endpoints
from nofields.pydantic_errors import problem_of, project_text
from nofields.web import problem_response
from nofields.web.bodies import read_form

SIZES = [10**3, 10**4, 10**5, 10**6, 10**7]
#: Ten times the input may take this many times as long. A hundred would be quadratic; some growth comes from caches.
BAR = 40
#: In seconds: shorter times are not compared.
RESOLUTION = 0.002
#: Texts to repeat up to a size. Each has defeated some pattern somewhere.
SHAPES = [*"09a -(@+æ٣\u00a0\ud800", "+47", "aA1", "a.", "a@", "1.", "1-", "a,", "00", "%C3", "1 000 ", "31.12.2016 "]
LINES = [*'0a;",\r\n', "974760673;", "974760673\n", '"x";', '""', 'x"', "a\r", '"\n', ';"\n', '"x"x\n', '",x","\n', '";x";"\n']
#: Names of columns.
NAMES = [*"([f9_ø", "([", "aA", "fnr ", "social ", "birth "]
#: Patterns shorter than this are also tried on the pairs of characters that they are written with.
LONGEST_PATTERN = 100
HEADERS = [*"a,;*-= ", "nb,", "nn;q=0.5,", "q=", ";q=", "*;q=0,", "a-", " ,", "\t"]
BODIES = [*"a&=%+;", "a=b&", "%41", "password=x&", "a=&=b&"]
JSONS = ["[", '{"a":', '"', "1", "\\u0041", " ", "null,"]
COOKIES = ["\\", "\\\\", '"', 'x="', "\\101", ";", "x=", "x;", "a=b; ", "x=\\"]
REQUEST_HEADERS = ["accept", "accept-language", "cookie", "host", "origin", "content-type", "content-length", "sec-fetch-site"]
ALTINN = app(store=create_autospec(Store, instance=True))  # no page requested here reads it


class Company(BaseModel):
    orgnr: OrganisationNumber


FORM = Form(Company)


def field_calls(field: type[Field]) -> Callable[[str], object]:
    return lambda text: (field.is_valid(text), field.problem(text))


def pattern_calls(used: Used) -> tuple[Callable[[str], object], list[str]]:
    """Return the call of a pattern, and its shapes. Most patterns fail at the exclamation mark."""
    written = used.pattern.pattern
    source = written if isinstance(written, str) else written.decode()
    pairs = {*pairwise(source), *pairwise(source.replace("\\", ""))} if len(source) < LONGEST_PATTERN else ()
    own = {*source, *map("".join, pairs)}
    return lambda text: used.match(text + "!"), sorted({*SHAPES, *own, "\n", "\t", "\0"})


def read_csv(text: str) -> None:
    source = CsvFile(io.BytesIO(text.encode()), "x", None, None, None)  # type: ignore[arg-type]
    for piece in source.pieces(source.columns[:5]):
        piece.read()


def guess_by_name(text: str) -> None:
    for name in (text, f"{text},orgnr"):
        guess_fields([name])
        secret_columns([name])


def check_json(text: str) -> Answer:
    return Endpoints([FORM]).answer(ROUTES[0], FORM.name, text.encode())


def body_calls(read: Callable[..., object], kind: bytes) -> Callable[[str], object]:
    """Return a call that reads the body of a request without a limit."""

    def call(text: str) -> None:
        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": text.encode(), "more_body": False}

        request = Request({"type": "http", "headers": [(b"content-type", kind)]}, receive)  # type: ignore[arg-type]
        with suppress(StopIteration):
            read(request, len(text) + 1).send(None)  # type: ignore[attr-defined]

    return call


def report_many_errors(text: str) -> None:
    """Report errors of very many values under one long key of a body."""
    count = len(text) // 100
    listed = [{"type": "missing", "loc": ("body", text, number, text)} for number in range(count)]
    problem_response(Request({"type": "http", "headers": []}), RequestValidationError(listed, body={text: [{}] * count}))


def quote_in_project_text(text: str) -> None:
    """A project's text, which quotes what was rejected."""
    project_text({"type": "own", "msg": text}, [text], secrets=[text])


def list_alternatives(text: str) -> None:
    """The alternatives of a model, as pydantic lists them."""
    for kind, name in (("enum", "expected"), ("url_scheme", "expected_schemes"), ("greater_than", "gt")):
        problem_of(kind, {name: text})


def header_calls(name: str, path: str = "/register") -> Callable[[str], object]:
    """Return a call that sends the Altinn forms one long header, as a server passes it on."""
    headers = {b"host": b"localhost", b"accept": b"text/html"}

    def call(text: str) -> None:
        send_raw(ALTINN, "GET", path, b"", [*(headers | {name.encode(): text.encode("latin-1", "replace")}).items()])

    return call


def send_many_lines(text: str) -> None:
    """Send many lines of the headers that may be repeated."""
    lines = [(name, text[:1].encode()) for name in (b"cookie", b"accept-language", b"accept") for _ in range(len(text) // 30)]
    send_raw(ALTINN, "GET", "/", b"", [(b"host", b"localhost"), *lines])


#: Every entry point: the call, and the shapes of its input.
ENTRIES: Mapping[str, tuple[Callable[[str], object], list[str]]] = {
    **{field.__name__: (field_calls(field), SHAPES) for field in ALL},
    "column": (lambda text: check(OrganisationNumber, [text.replace("\ud800", "\0")] * 2).clean(), SHAPES),
    "form": (lambda text: FORM.bind({"orgnr": text}, "nb").render(), SHAPES),
    "CSV": (read_csv, LINES),
    "CSV, a quoted cell that is never closed": (lambda text: read_csv(f'a;b\n"{text}'), LINES),
    "name of a column": (guess_by_name, NAMES),
    "Accept-Language": (negotiate, HEADERS),
    "body of a form": (body_calls(read_form, b"application/x-www-form-urlencoded"), BODIES),
    "problem+json": (report_many_errors, SHAPES),
    "project's text": (quote_in_project_text, [*SHAPES, "1 ", "12345678901 ", "301082 99920 "]),
    "pydantic's alternatives": (list_alternatives, ["'", "'a', ", "a, ", '"', "\\", "'\\'", " or ", "0-", "a"]),
    "body of JSON": (check_json, JSONS),
    "cookies": (
        lambda text: cookie(Request({"type": "http", "scheme": "http", "headers": [(b"cookie", text.encode())]}), "x"),
        COOKIES,
    ),
    "query": (lambda text: send_raw(ALTINN, "GET", "/", text.encode(), [(b"host", b"localhost")]), BODIES),
    **{f"header {name}": (header_calls(name), HEADERS + COOKIES) for name in REQUEST_HEADERS},
    "header If-None-Match": (header_calls("if-none-match", "/assets/forms.js"), HEADERS + COOKIES),
    "headers of many lines": (send_many_lines, [",", "a", '"']),
}


def entries() -> Iterator[tuple[str, Callable[[str], object], list[str], list[int]]]:
    """Yield every entry point: its name, its call, and the shapes and sizes of its input."""
    for name, (call, shapes) in ENTRIES.items():
        yield name, call, shapes, SIZES
    for used in patterns():
        yield f"{used.where}, {used.method}", *pattern_calls(used), SIZES[:3]


def seconds(call: Callable[[str], object], text: str) -> float:
    """Return the shortest processor time of three runs, or that of the first if it takes over a second."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        with suppress(Unreadable, HTTPException):
            call(text)
        best = min(best, time.process_time() - start)
        if best > 1:
            break
    return best


def times_of(call: Callable[[str], object], shape: str, sizes: list[int]) -> list[float]:
    """Return the time for each size, up to the first that exceeds ``BAR`` twice."""
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
    """Return how many times as long ten times the input takes, in the worst of the steps."""
    return max((later / max(time, RESOLUTION) for time, later in pairwise(times)), default=0)


def measured(part: str) -> Iterator[tuple[str, str, list[float]]]:
    """Yield each entry point with ``part`` in its name, the shape whose time grows most, and its times."""
    for name, call, shapes, sizes in [each for each in entries() if part in each[0]]:
        times: dict[str, list[float]] = {}
        for shape in shapes:
            times[shape] = times_of(call, shape, sizes)
            if growth(times[shape]) > BAR:
                break
        worst = max(times, key=lambda shape: (growth(times[shape]), max(times[shape])))
        yield name, worst, times[worst]


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
