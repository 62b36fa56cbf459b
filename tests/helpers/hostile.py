"""Objects that misreport themselves, raise, or are no text, for the tests of bad input."""

from __future__ import annotations

import datetime
from enum import Enum
from typing import Any
from unittest.mock import Mock

from hypothesis import strategies as st


def fail(*_: object) -> Any:
    raise RuntimeError("a method of a hostile object was called")


class Hostile:
    """Every method raises."""

    __len__ = __str__ = __repr__ = __eq__ = __hash__ = __bool__ = __iter__ = __int__ = __getitem__ = fail
    __class__ = property(fail)  # type: ignore[assignment]


class HostileText(str):
    """Text whose methods raise."""

    __len__ = __str__ = __repr__ = __eq__ = __hash__ = __iter__ = __getitem__ = __contains__ = fail
    strip = encode = replace = lower = partition = isdigit = fail


class HostileDate(datetime.date):
    """A date whose methods and properties raise."""

    __le__ = __lt__ = __ge__ = __gt__ = __eq__ = __hash__ = __str__ = fail
    isoformat = fail
    year = property(fail)  # type: ignore[assignment]


class Nameless(type):
    """A class whose name cannot be read."""

    __name__ = property(fail)  # type: ignore[assignment]


class Equal(type):
    """A class that is equal to every other, or raises when compared."""

    def __eq__(cls, other: object) -> bool:
        return cls.__name__ == "Liar" or fail()

    __hash__ = type.__hash__


class Unhashable(type):
    """A class that cannot be hashed, and so cannot be registered with ``abc``."""

    __hash__ = None  # type: ignore[assignment]


class Choice(str, Enum):  # noqa: UP042 - the older form is common
    DIGITS = "974760674"


ENDLESS: list[Any] = []
ENDLESS.append(ENDLESS)

#: One object of each kind that is no text, by name, for any field but those of dates and checkboxes.
OBJECTS: dict[str, Any] = {
    "nothing": None,
    "false": False,
    "int": 974760673,
    "int too long for str": 10**5000,
    "float": 974760673.0,
    "nan": float("nan"),
    "bytes": b"974760673",
    "dict": {"value": "974760673"},
    "wrong ends": {"from": 1, "to": object()},
    "nested": [[["974760673"]]],
    "endless": ENDLESS,
    "object": object(),
    "class": str,
    "generator": (digit for digit in "974760673"),
    "datetime": datetime.datetime(2020, 1, 1),
    "mock of text": Mock(spec=str),
    "hostile": Hostile(),
    "pair of hostiles": (Hostile(), Hostile()),
    "nameless class": Nameless("Secret", (), {})(),
    "class equal to any other": Equal("Liar", (), {})(),
    "class that cannot be compared": Equal("Raiser", (), {})(),
    "class that cannot be hashed": Unhashable("Unhashable", (), {})(),
}
#: Text that no field of digits accepts.
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
#: Text of a subclass of ``str``.
OTHER_TEXTS = {
    "digits": HostileText("974760674"),
    "long": HostileText("x" * 300),
    "empty": HostileText(),
    "choice": Choice.DIGITS,
    "of a class that cannot be hashed": Unhashable("Text", (str,), {})("31.12.2016/31.12.2017"),
    "blank, of a class that cannot be hashed": Unhashable("Text", (str,), {})(" "),
}
#: Ordinary objects, in lists, pairs and dictionaries.
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
