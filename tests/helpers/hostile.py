"""Objects that lie, raise or are simply no text, for the tests of bad input."""

from __future__ import annotations

import datetime
import decimal
from enum import Enum
from typing import Any
from unittest.mock import Mock

from hypothesis import strategies as st


def fail(*_: object) -> Any:
    raise RuntimeError("a hostile object was asked")


class Hostile:
    """Raises whatever it is asked."""

    __len__ = __str__ = __repr__ = __eq__ = __hash__ = __bool__ = __iter__ = __int__ = __getitem__ = fail
    __class__ = property(fail)  # type: ignore[assignment]


class HostileText(str):
    """Text that lies about itself, or raises."""

    __len__ = __str__ = __repr__ = __eq__ = __hash__ = __iter__ = __getitem__ = __contains__ = fail
    strip = encode = replace = lower = partition = isdigit = fail


class HostileDate(datetime.date):
    """A date that cannot be read."""

    __le__ = __lt__ = __ge__ = __gt__ = __eq__ = __hash__ = __str__ = fail
    isoformat = fail
    year = property(fail)  # type: ignore[assignment]


class Nameless(type):
    """A class whose name cannot be read."""

    __name__ = property(fail)  # type: ignore[assignment]


class Equal(type):
    """A class that says it is any other, or that raises when it is compared."""

    def __eq__(cls, other: object) -> bool:
        return cls.__name__ == "Liar" or fail()

    __hash__ = type.__hash__


class Unhashable(type):
    """A class that is no key of any dictionary, and so unknown to ``abc``."""

    __hash__ = None  # type: ignore[assignment]


class Choice(str, Enum):  # noqa: UP042 - the old way is what people have
    DIGITS = "974760674"


ENDLESS: list[Any] = []
ENDLESS.append(ENDLESS)

#: Objects by name: what is no text at all, for any field but those of dates and ticks.
OBJECTS: dict[str, Any] = {
    "nothing": None,
    "false": False,
    "zero": 0,
    "int": 974760673,
    "huge int": 10**5000,
    "float": 974760673.0,
    "nan": float("nan"),
    "decimal": decimal.Decimal("974760673"),
    "complex": 1j,
    "bytes": b"974760673",
    "bytearray": bytearray(b"974760673"),
    "memoryview": memoryview(b"974760673"),
    "dict": {"value": "974760673"},
    "wrong ends": {"from": 1, "to": object()},
    "nested": [[["974760673"]]],
    "endless": ENDLESS,
    "object": object(),
    "class": str,
    "function": len,
    "generator": (digit for digit in "974760673"),
    "exception": ValueError("974760673"),
    "datetime": datetime.datetime(2020, 1, 1),
    "mock of text": Mock(spec=str),
    "ellipsis": ...,
    "hostile": Hostile(),
    "pair of hostiles": (Hostile(), Hostile()),
    "nameless class": Nameless("Secret", (), {})(),
    "class like any other": Equal("Liar", (), {})(),
    "class that cannot be compared": Equal("Raiser", (), {})(),
    "class that cannot be hashed": Unhashable("Unhashable", (), {})(),
}
#: Text that no field of digits takes, and that no field falls over.
TEXTS: dict[str, str] = {
    "empty": "",
    "blank": " \t\r\n\u00a0\u202f\u2009 ",
    "control": "\x00\x01\x1c\x1d\x7f",
    "separators": "\x1c974760673\x1f",
    "half surrogate": "\ud800",
    "half surrogates among digits": "9747\udc0060673",
    "zero-width": "974\u200b760673\u200d\ufeff",
    "right to left": "\u202e974760674\u202c",
    "arabic-indic": "٩٧٤٧٦٠٦٧٣",
    "full-width": "９７４７６０６７３",
    "superscript": "⁹⁷⁴⁷⁶⁰⁶⁷³",
    "mathematical": "𝟗𝟕𝟒𝟕𝟔𝟎𝟔𝟕𝟑",
    "line separator": "974760673\u2028",
    "next line": "974760673\x85",
    "minus": "-974760673",
    "underscore": "974_760_673",
    "exponent": "1e9",
    "braces": "{digits} {max} {example} {",
    "per cent": "%s %(digits)s %n",
    "path": "../../etc/passwd",
    "markup": "<script>alert(1)</script>",
}
#: Text whose class is not ``str``.
OTHER_TEXTS = {
    "digits": HostileText("974760674"),
    "long": HostileText("x" * 300),
    "empty": HostileText(),
    "choice": Choice.DIGITS,
    "of a class that cannot be hashed": Unhashable("Text", (str,), {})("31.12.2016/31.12.2017"),
    "blank, of a class that cannot be hashed": Unhashable("Text", (str,), {})(" "),
}
#: Any object that a program may come by, in lists, pairs and dictionaries.
_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.dates() | st.datetimes()
THINGS = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=4) | st.sampled_from(["from", "to"]), inner, max_size=3)
        | st.frozensets(st.text(max_size=4), max_size=3)
    ),
    max_leaves=6,
)
