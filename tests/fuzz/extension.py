"""The extension under AddressSanitizer and UBSan, against the plain reader: any text, and columns of any content.

``make fuzz`` runs it. Every buffer of a column ends or begins at a guard page, since Arrow's own memory hides reads past
the end. To run one part by itself, with the seed that a failure names::

    python tests/fuzz/extension.py columns --seconds 600 --seed 7
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import subprocess
import sys
import sysconfig
import tempfile
import time
from array import array
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
#: The extension that was built with sanitizers; set for the process that runs under them.
BUILT = "NOFIELDS_SANITIZED"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--rounds", type=int, default=sys.maxsize)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--plainly", action="store_true", help="without sanitizers")
    options = parser.parse_args()
    if not options.plainly and BUILT not in os.environ:
        return _under_sanitizers()
    if BUILT in os.environ:
        _load(os.environ[BUILT])
    run, until, number = PARTS[options.part](), time.monotonic() + options.seconds, 0
    with tempfile.NamedTemporaryFile(prefix=f"seed-{options.part}-", delete=False) as seed:  # which a crash leaves behind
        while number < options.rounds and time.monotonic() < until:
            os.pwrite(seed.fileno(), b"%20d" % (options.seed + number), 0)
            run(random.Random(options.seed + number))
            number += 1
    os.unlink(seed.name)
    print(f"number_of_executed_units: {number}")
    return 0


def _under_sanitizers() -> int:
    """Build the extension with sanitizers, and run this again with it."""
    target = ROOT / ".fuzz" / "sanitized" / "_native.so"
    target.parent.mkdir(parents=True, exist_ok=True)
    own = target.with_suffix(f".{os.getpid()}")
    checks = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer"]
    sources = sorted((ROOT / "src" / "native").glob("*.c"))
    include = f"-I{sysconfig.get_path('include')}"
    command = ["gcc", "-O1", "-g", *checks, "-shared", "-fPIC", include, *sources, "-o", own]
    subprocess.run(command, check=True)
    own.replace(target)
    libraries = [_output("gcc", f"-print-file-name={name}") for name in ("libasan.so", "libubsan.so")]
    environment = os.environ | {
        BUILT: str(target),
        "LD_PRELOAD": " ".join(libraries),
        "PYTHONMALLOC": "malloc",  # or the sanitizer would not see where objects end
        "ASAN_OPTIONS": "detect_leaks=0:abort_on_error=1:allocator_may_return_null=1",
        "UBSAN_OPTIONS": "print_stacktrace=1",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
    }
    return subprocess.run([sys.executable, *sys.argv], env=environment, check=False).returncode


def _output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _load(path: str) -> None:
    """Make a file the module that nofields imports as its extension."""
    spec = importlib.util.spec_from_file_location("nofields._native", path)
    assert spec
    assert spec.loader
    sys.modules[spec.name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)


# ---- Texts ----

#: What numbers are written with, and what is similar.
PIECES = [
    *"0123456789",
    *" .-+/eE,",
    *("+47", "0047", "00", "(+47)", "(+46", "tel:", "NO", "no93", "MVA", "mva", "0192:", "N-", "NO-"),
    *("\u00ad", "\u200b", "\u202a", "\u2060", "\u206f", "\ufeff", "\u2013", "\u2010", "\uff0d"),
    "\u00a0",
    "\u202f",
    "\u2009",
    "\u2212",
    "٣",
    "９",
    "😀",
    "\ud800",
    "\0",
    "x",
    "é",
]


def text_of(draw: random.Random, examples: list[str]) -> str:
    """A number, with something inserted, cut out or replaced, or any pieces."""
    if draw.random() < 0.2:
        return "".join(draw.choices(PIECES, k=draw.choice([0, 1, 4, 8, 9, 11, 12, 13, 25, 64, 65, 80])))
    text = draw.choice(examples)
    for _ in range(draw.choice([0, 0, 1, 1, 2, 5])):
        place = draw.randrange(len(text) + 1)
        text = text[:place] + draw.choice(["", *PIECES]) * draw.choice([1, 1, 1, 3, 50]) + text[place + draw.randrange(2) :]
    return text


def bytes_of(draw: random.Random, examples: list[str]) -> bytes:
    """The bytes of a text, or any bytes."""
    if draw.random() < 0.1:
        return draw.randbytes(draw.randrange(80))
    encoded = bytearray(text_of(draw, examples).encode("utf-8", "surrogatepass"))
    if encoded and draw.random() < 0.1:
        encoded[draw.randrange(len(encoded))] = draw.randrange(256)
    return bytes(encoded)


def checks() -> list[tuple[Any, Any, Any, list[str]]]:
    """For each kind of number: its check, both readers, and numbers."""
    from helpers.field_texts import FIELDS
    from helpers.readers import check_by, native, plain
    from nofields.check import compile_rule
    from nofields.check.reading import ReadingCheck

    read = [field for field in FIELDS if isinstance(compile_rule(field.rule), ReadingCheck)]
    made = []
    for field in read:
        check = check_by(native, field)
        examples = [*field.examples, *field.real_examples, "8601.11.17947", "974 760 673", "+47 21 23 45 67", "0" * 11]
        examples += ["NO 974 760 673 MVA", "NO93 8601 1117 947", "tel:(+47)21-23-45-67", "030851-98730", "202600113\u00ad"]
        made.append((check, check.reader, plain(check), examples))
    return made


def scalar() -> Any:
    """Any text by both readers."""
    every = checks()
    own = type("Own", (str,), {})

    def run(draw: random.Random) -> None:
        _, reader, plain, examples = draw.choice(every)
        construct, new = reader.constructor(own, lambda problem: problem, "Own")
        for _ in range(50):
            text = text_of(draw, examples)
            expected = plain.clean(text)
            assert reader.clean(text) == expected, ascii(text)
            assert reader.is_valid(own(text)) is (type(expected) is str), ascii(text)
            assert reader.problem(text) == (None if type(expected) is str else expected)
            assert construct(text) == new(own, value=text) == expected

    return run


# ---- Columns ----

WIDTHS = {4: "utf8", 8: "large_utf8", 16: "string_view"}


def buffers_of(draw: random.Random, width: int, texts: list[bytes]) -> list[bytes]:
    """Offsets or views, and data, some of whose numbers may be wrong."""
    from numpy import array, cumsum, frombuffer, int32, int64

    data = [bytearray(draw.randbytes(draw.choice([0, 0, 3]))) for _ in range(1 if width < 16 else draw.choice([1, 1, 2, 3]))]
    if width < 16:
        numbers = cumsum([len(data[0]), *map(len, texts)]).astype(int64 if width == 8 else int32)
        data[0] += b"".join(texts) + draw.randbytes(draw.choice([0, 0, 5]))
    else:
        views = b""
        for text in texts:
            which = draw.randrange(len(data))
            if len(text) > 12:
                views += array([len(text), 0, which, len(data[which])], int32).tobytes()
                data[which] += text
            else:
                views += array([len(text)], int32).tobytes() + text.ljust(12, draw.choice([b"\0", b"9"]))
        numbers = frombuffer(views, int32).copy()
    if len(numbers) and draw.random() < 0.3:
        most = 2 ** (63 if width == 8 else 31)
        for _ in range(draw.choice([1, 1, 3])):
            wrong = [0, 1, -1, 12, 13, 64, most - 1, -most, -most + 1, most // 2, draw.randrange(-100, 200)]
            numbers[draw.randrange(len(numbers))] = draw.choice(wrong)
    return [numbers.tobytes(), *map(bytes, data)]


def texts_in(width: int, first: int, count: int, present: bytes | None, buffers: list[bytes]) -> list[bytes | None] | None:
    """The texts of some rows as Arrow's format defines them; ``None`` if one lies outside of the buffers."""
    places, *data = buffers
    found: list[bytes | None] = []
    for row in range(first, first + count):
        null = present is not None and not present[row >> 3] >> (row & 7) & 1
        if width < 16:
            begin, end = (signed(places[width * at : width * (at + 1)]) for at in (row, row + 1))
            which = 0
        else:
            view = places[16 * row : 16 * row + 16]
            size, _, which, begin = (signed(view[at : at + 4]) for at in range(0, 16, 4))
            if null or 0 <= size <= 12:  # the view of a null may be any
                found.append(None if null else view[4 : 4 + size])
                continue
            end = begin + size
        if not (0 <= which < len(data) and 0 <= begin <= end <= len(data[which])):
            return None
        found.append(None if null else data[which][begin:end])
    return found


def signed(memory: bytes) -> int:
    return int.from_bytes(memory, sys.byteorder, signed=True)


def columns() -> Any:
    """Any buffers by the extension's kernel, each between guard pages, row by row against the plain reader."""
    from helpers.guarded import guarded

    every = checks()
    for check, *_ in every:
        check.learn()

    def run(draw: random.Random) -> None:
        check, reader, plain, examples = draw.choice(every)
        width, rows = draw.choice(list(WIDTHS)), draw.choice([0, 1, 2, 7, 8, 9, 16, 17, 40, 300, 600])
        texts = [examples[0].encode()] * rows if draw.random() < 0.2 else [bytes_of(draw, examples) for _ in range(rows)]
        buffers = buffers_of(draw, width, texts)
        present = draw.randbytes((rows + 7) // 8) if draw.random() < 0.5 else None
        first = draw.randrange(rows + 1)
        count = draw.choice([rows - first, draw.randrange(rows - first + 1)])
        at_end = draw.random() < 0.8
        targets = [guarded(bytes(size), at_end) for size in (count, *[(count + 7) // 8] * 3)]
        source = [None if each is None else guarded(each, at_end) for each in (present, *buffers)]
        expected = texts_in(width, first, count, present, buffers)
        try:
            reader.column(width, first, count, (*targets, *source))
        except ValueError:
            assert expected is None
            return
        assert expected is not None
        assert_codes(plain, targets, expected)
        clean = repaired(plain, expected)
        written = [guarded(bytes(size), at_end) for size in (8 * len(clean) + 8, sum(map(len, clean)))]
        reader.digits(width, first, count, (targets[3], *written, None, *source))
        assert bytes(written[1]) == b"".join(clean), (width, first, count)
        assert array("q", bytes(written[0])).tolist() == [0, *accumulate(map(len, clean))]
        lie = draw.choice([(first, count + 1), (first, 10**9), (2**62, count), (-1, count), (first, -1), (first, 2**62)])
        with suppress(ValueError, TypeError):  # declared to have more than the buffers hold
            reader.column(width, *lie, (*targets, *source))
        with suppress(ValueError, TypeError):  # any rows, or with too little room
            marked = guarded(draw.randbytes((count + 7) // 8), at_end)
            reader.digits(width, *draw.choice([lie, (first, count)]), (marked, *written, None, *source))
        by_arrow(draw, check, width, rows, present, buffers)

    return run


def repaired(plain: Any, texts: list[bytes | None]) -> list[bytes]:
    """The digits of the rows that are right but not clean."""
    found = [(text, plain.clean(text.decode("utf-8", "surrogateescape"))) for text in texts if text is not None]
    return [digits.encode() for text, digits in found if type(digits) is str and digits.encode() != text]


def assert_codes(plain: Any, targets: list[Any], texts: list[bytes | None]) -> None:
    from nofields.check.codes import CODES

    codes, valid, known, marked = map(bytes, targets)
    for row, text in enumerate(texts):
        expected, is_repaired = 254, False
        if text is not None:
            result = plain.clean(text.decode("utf-8", "surrogateescape"))
            is_repaired = type(result) is str and result.encode() != text
            # Without the name of a character, which columns leave out.
            expected = 255 if type(result) is str else CODES[result.reason]
        assert codes[row] == expected, (text, codes[row], expected)
        assert valid[row >> 3] >> (row & 7) & 1 == (expected == 255)
        assert known[row >> 3] >> (row & 7) & 1 == (expected != 254)
        assert marked[row >> 3] >> (row & 7) & 1 == is_repaired


def by_arrow(draw: random.Random, check: Any, width: int, rows: int, present: bytes | None, buffers: list[bytes]) -> None:
    """The same buffers as an array, sliced or a dictionary, by every kernel."""
    import pyarrow as pa

    from helpers.field_texts import NUMBERS
    from helpers.guarded import guarded
    from nofields import EmailAddress, NorwegianDate, PaymentReference
    from nofields import columns as of_nofields

    kind = {4: pa.utf8(), 8: pa.large_utf8(), 16: pa.string_view()}[width]
    memory = [None if each is None else pa.py_buffer(guarded(each)) for each in (present, *buffers)]
    with suppress(ValueError, IndexError):
        array = pa.Array.from_buffers(kind, rows, memory)
        if draw.random() < 0.3:
            indices = pa.array([draw.choice([None, draw.randrange(-1, rows + 2)]) for _ in range(9)], pa.int8())
            array = pa.DictionaryArray.from_arrays(indices, array, safe=False)
        array = array.slice(draw.randrange(len(array) + 1))
        checked = of_nofields.check(draw.choice([*NUMBERS, PaymentReference, NorwegianDate, EmailAddress]), array)
        (checked.valid, checked.reasons, checked.clean())


PARTS = {"scalar": scalar, "columns": columns}

if __name__ == "__main__":
    raise SystemExit(main())
