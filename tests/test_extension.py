"""The extension by itself: what it constructs, what it keeps alive, and what it refuses."""

from __future__ import annotations

import copy
import gc
import pickle
import re
import subprocess
import sys
import threading
import tracemalloc
import weakref
from array import array
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib import import_module
from itertools import product
from typing import Any

import pytest

import nofields
from helpers.readers import CHOSEN_PLAIN, HAS_NATIVE, check_of, each_reader, native, needs_native, plain
from nofields import (
    AccountNumber,
    Field,
    FieldError,
    NationalIdentityNumber,
    OrganisationNumber,
    PhoneNumber,
    Problem,
    VatNumber,
)
from nofields.characters import AS_NUMBER
from nofields.check.digits import DigitCheck
from nofields.check.native import packed
from nofields.check.notation import float_automaton
from nofields.check.program import Settled
from nofields.fields import ALL
from nofields.value import Value

RIGHT, WRONG = "974760673", "974760674"
NOT_BUILT = (
    "the extension nofields._native is not built, so that only plain Python was tested: install a C compiler and Python's "
    "headers (apt-get install gcc python3-dev) and run `make test` again, or set NOFIELDS_PLAIN=1 to test plain Python alone"
)


def test_extension_is_built() -> None:
    """The extension reads numbers unless NOFIELDS_PLAIN chose plain Python, so that nothing is left untested by accident."""
    assert HAS_NATIVE or CHOSEN_PLAIN, NOT_BUILT
    assert nofields.native is not CHOSEN_PLAIN, NOT_BUILT


@pytest.mark.parametrize(
    ("setting", "expected"), [("1", False), ("yes", False), ("0", HAS_NATIVE), ("", HAS_NATIVE), (None, HAS_NATIVE)]
)
def test_choice(setting: str | None, expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """NOFIELDS_PLAIN chooses plain Python, where it is neither empty nor 0."""
    monkeypatch.delenv("NOFIELDS_PLAIN", raising=False)
    if setting is not None:
        monkeypatch.setenv("NOFIELDS_PLAIN", setting)
    script = "import nofields; print(nofields.native, nofields.OrganisationNumber.is_valid('974 760 673'))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (run.stdout.strip(), run.stderr) == (f"{expected} True", "")


# ---- Instances ----


class Own(str):
    __slots__ = ()


def reject(problem: Problem) -> Any:
    raise FieldError(problem)


def class_with(make: Any, field: Any = OrganisationNumber) -> Any:
    """A class that is made as ``Field`` makes one, by one of both readers."""

    class Company(str):
        __slots__ = ("__weakref__",)

        def __new__(cls, value: object) -> Any:
            return cls._construct(value)

    construct, new = make(check_of(field)).constructor(Company, reject, "Company")
    Company._construct = staticmethod(construct)  # type: ignore[attr-defined]
    if new:
        Company.__new__ = new  # type: ignore[method-assign]
    return Company


@each_reader
def test_constructor(make: Any) -> None:
    """The first function makes an instance of the class from any value, and returns one of exactly the class itself."""
    company = class_with(make)
    made = company._construct(" 974 760 673 ")
    assert (type(made), made) == (company, RIGHT)
    assert company._construct(made) is made
    assert type(company._construct(Own(RIGHT))) is company
    for wrong in (WRONG, None, 974760673, "x", "\ud800", Own(WRONG)):
        with pytest.raises(FieldError):
            company._construct(wrong)
    assert company._construct.__name__ == "Company"


@each_reader
def test_new(make: Any) -> None:
    """The class takes one value, by place or by name."""
    company = class_with(make)
    assert company(RIGHT) == company(value=RIGHT) == RIGHT
    assert type(company(RIGHT)) is company
    for arguments, named in [
        ((), {}),
        ((RIGHT, RIGHT), {}),
        ((RIGHT,), {"value": RIGHT}),
        ((), {"text": RIGHT}),
        ((), {"value": RIGHT, "x": 1}),
    ]:
        with pytest.raises(TypeError):
            company(*arguments, **named)


@each_reader
def test_subclass_without_a_rule_of_its_own(make: Any) -> None:
    """A subclass that inherits ``__new__`` is constructed by its own ``_construct``."""
    company = class_with(make)
    special = type("Special", (company,), {"_construct": staticmethod(lambda value: ("special", value))})
    assert special(RIGHT) == ("special", RIGHT)
    assert special((RIGHT,)) == ("special", (RIGHT,))
    if make is native:
        with pytest.raises(AttributeError):
            company.__new__(int, RIGHT)
        with pytest.raises(TypeError):
            company.__new__()


def test_subclasses_of_fields() -> None:
    """A field's subclass makes its own instances, also with a ``__new__`` of its own, attributes or another base."""

    class Company(OrganisationNumber): ...

    class Tagged(OrganisationNumber):
        tag: str

        def __new__(cls, value: object, tag: str = "none") -> Any:
            made = super().__new__(cls, value)
            made.tag = tag
            return made

    class Mixin:
        __slots__ = ()

    class Mixed(Mixin, OrganisationNumber): ...

    class BelowTagged(Tagged): ...

    for own in (Company, Tagged, Mixed, BelowTagged):
        for no_text in ((RIGHT,), (), [RIGHT]):
            with pytest.raises(FieldError):
                own(no_text)
        made = own("974 760 673")
        assert (type(made), made) == (own, RIGHT)
        assert own(made) is made or own is Tagged or own is BelowTagged
        assert type(own(OrganisationNumber(RIGHT))) is own
        with pytest.raises(FieldError):
            own(WRONG)
    assert Tagged(RIGHT, tag="some").tag == BelowTagged(RIGHT, "some").tag == "some"
    assert OrganisationNumber(value=RIGHT) == Company(value=RIGHT) == RIGHT


@pytest.mark.parametrize("field", [each for each in ALL if issubclass(each, Value) and each.examples], ids=lambda f: f.__name__)
def test_copies(field: type[Value]) -> None:
    """Copied and unpickled instances are of their class, and are not checked again."""
    made = next(field(example) for example in (*field.real_examples, *field.examples) if field.is_valid(example))
    copies = [copy.copy(made), copy.deepcopy(made), *(pickle.loads(pickle.dumps(made, way)) for way in range(2, 6))]
    assert all((type(each), each) == (field, made) for each in copies)


@needs_native
def test_reject_that_returns() -> None:
    """What ``reject`` returns is returned."""
    construct, _ = native(check_of(OrganisationNumber)).constructor(Own, lambda problem: problem, "Own")
    assert construct(WRONG).reason == "check_digit"
    assert construct(RIGHT) == RIGHT


@needs_native
@pytest.mark.parametrize("arguments", [(), (Own, print), (Own, print, 7), ("x", print, "X"), (Own, print, "\ud800")])
def test_wrong_arguments_of_constructor(arguments: tuple[Any, ...]) -> None:
    with pytest.raises((TypeError, UnicodeEncodeError)):
        native(check_of(OrganisationNumber)).constructor(*arguments)


# ---- Memory ----


@each_reader
def test_classes_are_collected(make: Any) -> None:
    """A class made in a loop, its reader and its functions are garbage once nothing refers to them, used or not."""
    for used in (False, True):
        references = []
        for _ in range(5):
            company = class_with(make)
            if used:
                company(RIGHT)
            references.append(weakref.ref(company))
            del company
        gc.collect()
        assert [reference() for reference in references] == [None] * 5


def test_classes_of_fields_are_collected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Field, "on_subclass", [])  # Hypothesis keeps every class that is registered

    def made() -> weakref.ref[type]:
        own = type("Own", (OrganisationNumber,), {})
        own(RIGHT)
        return weakref.ref(own)

    reference = made()
    gc.collect()
    assert reference() is None


#: What is done often, on values that are right, wrong in every way, and no text.
VALUES = (RIGHT, " 974 760 673", WRONG, "x", "", "1e9", "\ud800", "é", "9" * 65, Own(RIGHT), None, 7)
CALLS: dict[str, Callable[[Any, Any], object]] = {
    "is_valid": lambda reader, value: reader.is_valid(value),
    "problem": lambda reader, value: reader.problem(value),
    "clean": lambda reader, value: reader.clean(value),
}
#: How often those are read: the extension's references are counted by hand.
TIMES = {native: 10_000, plain: 500}


@each_reader
@pytest.mark.parametrize("call", CALLS)
def test_no_leaks(call: str, make: Any) -> None:
    """Neither memory nor references grow by 120,000 calls of the extension, or 6,000 in plain Python."""
    check = check_of(OrganisationNumber)
    reader, run = make(check), CALLS[call]
    assert_no_growth(
        lambda: [run(reader, value) for value in VALUES], [*VALUES, reader, check, *check.program.problems], TIMES[make]
    )


@each_reader
def test_constructing_leaks_nothing(make: Any) -> None:
    company = class_with(make)

    def construct() -> None:
        for value in VALUES:
            try:
                company(value)
                company._construct(value=value) if make is plain else company._construct(value)
            except FieldError:
                pass

    assert_no_growth(construct, [company, *VALUES], TIMES[make])


@needs_native
def test_making_readers_leaks_nothing() -> None:
    """Readers, used or not, and their functions."""
    check = check_of(OrganisationNumber)
    shared = [check, *(packed(check.program) or ())]

    def make() -> None:
        native(check).constructor(Own, reject, "Own")
        used = native(check)
        used.is_valid(RIGHT)
        used.constructor(Own, reject, "Own")[0](RIGHT)

    assert_no_growth(make, [*shared, Own, reject], 300)


def assert_no_growth(run: Callable[[], object], objects: list[Any], times: int) -> None:
    """Fail if calls leave memory behind, or references to some objects."""
    run()
    gc.collect()
    counts = [sys.getrefcount(each) for each in objects]
    tracemalloc.start()
    try:
        for _ in range(300):  # Python keeps some of the memory that was used at once, for later
            run()
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(times):
            run()
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert grown < 20_000
    after = [sys.getrefcount(each) for each in objects]
    assert all(abs(new - old) < 100 for old, new in zip(counts, after)), list(zip(objects, counts, after))


# ---- First use ----


@each_reader
def test_first_use_in_threads(make: Any) -> None:
    """The first threads compile the rule; none of them sees it half compiled."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for field, right, wrong in [(OrganisationNumber, RIGHT, WRONG), (PhoneNumber, "21234567", "10000000")] * 10:
            reader, start = make(check_of(field)), threading.Barrier(8)

            def verdict(reader: Any = reader, start: Any = start, right: str = right, wrong: str = wrong) -> bool:
                start.wait()
                return reader.is_valid(right) and not reader.is_valid(wrong) and reader.clean(right) is right

            with ThreadPoolExecutor(8) as pool:
                assert all(future.result() for future in [pool.submit(verdict) for _ in range(8)])
    finally:
        sys.setswitchinterval(interval)


@each_reader
def test_first_use_while_another_thread_compiles(make: Any) -> None:
    """A thread that needs the rule while another one compiles it gets the right verdict, as does the other one."""
    check = check_of(OrganisationNumber)
    compiling, second, verdicts = threading.Event(), threading.Event(), list[bool]()

    class Slow(DigitCheck):
        def table(self) -> Any:
            if not compiling.is_set():
                compiling.set()
                second.wait(0.1)  # times out if the other thread waits for this one
            return super().table()

    reader = make(Slow(check.rule))

    def other() -> None:
        compiling.wait()
        verdicts.append(reader.is_valid(WRONG))
        second.set()

    thread = threading.Thread(target=other)
    thread.start()
    assert reader.is_valid(RIGHT)
    thread.join()
    assert verdicts == [False]


@each_reader
def test_failing_compilation(make: Any) -> None:
    """If compiling fails, every call raises, and once it succeeds, the verdict is right."""
    check, fail = check_of(AccountNumber), [True, True]

    class Failing(DigitCheck):
        def table(self) -> Any:
            if fail:
                fail.pop()
                raise MemoryError
            return super().table()

    reader = make(Failing(check.rule))
    for _ in range(2):
        with pytest.raises(MemoryError):
            reader.is_valid("86011117947")
    assert reader.is_valid("86011117947")


def test_setting_met_by_two_threads() -> None:
    """Codes that the extension may be reading are never replaced by those of another thread."""
    program = check_of(OrganisationNumber).program
    first: list[bytearray] = []

    def policy(setting: object) -> bytes:
        first.append(codes.setdefault(setting, Settled(program)[setting]))  # what another thread does meanwhile
        return program.policy(setting)

    codes = Settled(replace(program, policy=policy))
    assert codes[b"accept"] is first[0] is codes[b"accept"]


CAPTURED = """
import os
from nofields.fields import ALL
bound = [(field.is_valid, field.problem, field, example) for field in ALL for example in field.examples]
for setting in {settings!r}:
    os.environ.pop("NOFIELDS_SYNTHETIC", None)
    if setting:
        os.environ["NOFIELDS_SYNTHETIC"] = setting
    for is_valid, problem, field, example in bound:
        valid = is_valid(example)
        assert valid is (problem(example) is None), (field, example, setting)
        assert valid is (example not in {synthetic!r} if setting != "accept" else True) or setting == "only", (field, example)
        if valid:
            field(example)
print("done")
"""


@pytest.mark.parametrize("settings", [(None, "accept", "only", "reject"), ("accept", None), ("only", "accept", None)])
def test_methods_bound_before_first_use(settings: tuple[str | None, ...]) -> None:
    """``f = OrganisationNumber.is_valid``, bound in a fresh process, works under every policy."""
    made_up = [OrganisationNumber, NationalIdentityNumber, VatNumber]
    rejected = [*(example for field in made_up for example in field.examples), "310926833_regnskap"]
    script = CAPTURED.format(settings=settings, synthetic=rejected)
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (run.stdout.strip(), run.stderr) == ("done", "")


SUBINTERPRETER = """
import sys
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters
from nofields import OrganisationNumber
own = interpreters.create()
code = '''
import sys
sys.path[:] = {path!r}
try:
    from nofields import OrganisationNumber
    assert OrganisationNumber.is_valid("974 760 673") and not OrganisationNumber.is_valid("974760674")
except ImportError:
    pass
'''.format(path=sys.path)
try:
    interpreters.run_string(own, code)
except Exception as error:
    print(type(error).__name__, error, file=sys.stderr)
interpreters.destroy(own)
assert OrganisationNumber.is_valid("974 760 673")
print("done")
"""


def test_subinterpreters() -> None:
    """They need not work, but nothing crashes."""
    run = subprocess.run([sys.executable, "-c", SUBINTERPRETER], capture_output=True, text=True, check=False)
    assert (run.stdout.strip(), run.returncode) == ("done", 0), run.stderr


# ---- Floats ----


def test_float_automaton() -> None:
    """The automaton accepts what the pattern accepts: all texts of up to seven characters, one letter of each class."""
    automaton, letters, pattern = float_automaton(), "x0+\u2212.e", re.compile(AS_NUMBER)
    for length in range(8):
        for text in map("".join, product(letters, repeat=length)):
            state = 0
            for character in text:
                state = automaton[8 * state + 1 + letters.index(character)]
            assert automaton[8 * state] == (pattern.fullmatch(text) is not None), text


@needs_native
def test_no_value_is_kept() -> None:
    """What hands a value to ``str.__new__`` is used again, unless something else refers to it, and does not keep the value."""
    own = type("Own", (str,), {})
    construct, _ = native(check_of(OrganisationNumber)).constructor(own, lambda problem: problem, "Own")
    bound: Any = construct.__self__  # type: ignore[attr-defined]
    assert construct("974 760 673") == "974760673"
    assert bound[-1] == (None,)
    held = bound[-1]
    assert [construct("974760673"), construct("889 640 782")] == ["974760673", "889640782"]
    assert held == (None,)


class WithMembers(OrganisationNumber):
    """Instances have a ``__dict__``."""


class WithSlot(OrganisationNumber):
    __slots__ = ("branch",)


class Bare(OrganisationNumber):
    __slots__ = ()


@needs_native
@pytest.mark.parametrize(
    ("field", "visited"), [(OrganisationNumber, False), (Bare, False), (WithMembers, True), (WithSlot, True)]
)
def test_garbage_collector(field: type[OrganisationNumber], visited: bool) -> None:
    """It visits those instances alone that may refer to others."""
    construct, _ = native(check_of(OrganisationNumber)).constructor(field, reject, field.__name__)
    assert gc.is_tracked(construct("974760673")) is visited


# ---- What is no program ----


@needs_native
@pytest.mark.parametrize("arguments", [(), (print,), (print, print, print)])
def test_wrong_arguments(arguments: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError):
        import_module("nofields._native").reader(*arguments)
    with pytest.raises(TypeError):
        native(check_of(OrganisationNumber)).column(*arguments)


@needs_native
@pytest.mark.parametrize(
    ("first", "count"), [(-1, 1), (0, -1), (0, 4), (1, 3), (sys.maxsize, 1), (1, sys.maxsize), (sys.maxsize, sys.maxsize)]
)
@pytest.mark.parametrize("width", [0, 3, 4, 8, 16])
def test_rows_outside_of_a_column(width: int, first: int, count: int) -> None:
    """Rows outside of the buffers are rejected, also if their number is beyond any integer."""
    buffers = (*(bytearray(b"\xff" * 64) for _ in range(4)), None, bytes(3 * width + width % 16), b"")
    reader = native(check_of(OrganisationNumber))
    for read in (reader.column, reader.digits):
        with pytest.raises(ValueError, match="outside of its buffers"):
            read(width, first, count, buffers)


@needs_native
@pytest.mark.parametrize(("ends", "digits"), [(16, 9), (24, 17), (0, 18)])
def test_too_little_room(ends: int, digits: int) -> None:
    """Digits are not written where there is no room for all of them, or for where they end."""
    texts = b"974 760 673889 640 782"
    source = (None, array("q", [0, 11, 22]).tobytes(), texts)
    reader = native(check_of(OrganisationNumber))
    with pytest.raises(ValueError, match="outside of its buffers"):
        reader.digits(8, 0, 2, (bytearray(b"\x03"), bytearray(ends), bytearray(digits), None, *source))
    written = bytearray(24), bytearray(18)
    reader.digits(8, 0, 2, (bytearray(b"\x03"), *written, None, *source))
    assert (array("q", written[0]).tolist(), bytes(written[1])) == ([0, 9, 18], b"974760673889640782")
