"""The reader's language, from a locale name or an Accept-Language header."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.values import LANGUAGES
from nofields import message, negotiate
from nofields.keys import Key


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "nb"), ("", "nb"), (" ", "nb"),
        ("nb", "nb"), ("nn", "nn"), ("en", "en"), ("no", "nb"),
        ("NN", "nn"), ("nb-NO", "nb"), ("nb_NO", "nb"), ("nn-NO", "nn"), ("nn_NO", "nn"), ("nn_NO.UTF-8", "nn"),
        ("no-NO", "nb"), ("en-GB", "en"), ("en_US", "en"), ("en-Latn-GB", "en"), ("nob", "nb"), ("nno", "nn"), ("eng", "en"),
        ("de", "nb"), ("sv", "nb"), ("da", "nb"), ("english", "nb"), ("n", "nb"), ("nbx", "nb"),
        ("en, nn", "en"), ("de, nn", "nn"), ("de, fr", "nb"),
        ("nb;q=0.5, en;q=0.9", "en"), ("nn;q=0.8, en;q=0.80", "nn"), ("en;q=0.1", "en"), ("en;q=1.000, nn", "en"),
        ("de-CH, nn-NO;q=0.8, en;q=0.5, *;q=0.1", "nn"), ("en;q=0, nn;q=0.1", "nn"), ("en;q=0", "nb"),  ("nb;q=0", "nn"),
        ("nb;q=0, nn;q=0", LANGUAGES[2]), (", ".join(f"{each};q=0" for each in LANGUAGES), "nb"),
        ("no;q=0", "nn"), ("*", "nb"), ("*;q=0.5, en", "en"),
        ("*;q=0.5, en;q=0.3", "nb"), ("de, *;q=0", "nb"), ("*;q=0, nn", "nn"), ("en;q=0.000", "nb"),
        ("nb;q=0, *", "nn"), ("*;q=0.5, nb;q=0", "nn"),
        ("nn ; q = 0.9 , en ; q=0.8", "nn"), (",,nn,,", "nn"), ("nn,", "nn"),
        ("nn;q=", "nb"), ("nn;q=2", "nb"), ("nn;q=-1", "nb"), ("nn;q=0.12345", "nb"), (";q=1", "nb"),
        ("nn;q=x, en;q=0.1", "en"),
        ("nn;Q=0.5, en;q=0.4", "nn"), ("en-GB;q=0.2, nn;q=0.5, en;q=0.9", "en"), ("en-GB;q=0.2, nn;q=0.5, en-US;q=0.9", "en"),
        ("en;q=0, en-GB, nn;q=0.1", "nn"), ("nn_NO.UTF-8@euro", "nn"), ("en_US@posix", "en"),
        ("nn;level=1", "nb"), ("nn;q=١", "nb"), ("ｎｎ", "nb"),
        ("../../etc/passwd", "nb"), ("nn/../en", "nb"), ("nn\x00", "nb"), ("nn\nen", "nb"), ("<script>", "nb"), ("%s", "nb"),
        ("\ud800", "nb"), ("🇳🇴", "nb"), ("nn" * 1000, "nb"), ("en," * 100_000, "en"), ("x," * 100_000 + "nn", "nb"),
        ("-" * 100_000, "nb"), ("a-" * 100_000, "nb"), (" " * 100_000 + "nn", "nb"),
    ],
)  # fmt: skip
def test_negotiation(header: str | None, language: str) -> None:
    """The language of the highest quality is chosen, bokmål if none matches; malformed parts are ignored."""
    assert negotiate(header) == language


RANGES = st.builds(
    "{}{}".format,
    st.sampled_from(["nb", "nn", "en", "no", "de", "*", "nn-NO", "en_GB", "x" * 9, ""]),
    st.sampled_from(["", ";q=0", ";q=0.5", ";q=1", "; q=0.999", ";q=2", ";q="]),
)


@given(st.text() | st.text("nbeo*;q=01.,-_ \t\n\0") | st.lists(RANGES).map(", ".join))
@example("nb;q=0," * 200)
def test_any_text(header: str) -> None:
    """Any text gives one of the bundled languages."""
    assert negotiate(header) in LANGUAGES
    assert message(Key.MODAL_CLOSE, header) == message(Key.MODAL_CLOSE, negotiate(header))


@pytest.mark.parametrize("header", [b"nn", 7, 1.5, object(), (), ("nn",), frozenset()])
def test_other_objects(header: object) -> None:
    """Anything but text gives one of the bundled languages."""
    assert negotiate(header) in LANGUAGES  # type: ignore[arg-type]


@pytest.mark.parametrize("header", [[], ["nn"], {}, {"nn"}, bytearray(b"nn")])
def test_unhashable_objects(header: object) -> None:
    """Objects that cannot be cached give one of the bundled languages too."""
    assert negotiate(header) in LANGUAGES  # type: ignore[arg-type]


@pytest.mark.parametrize(("header", "language"), [("de", "en"), (None, "en"), ("*", "en"), ("nn", "nn"), ("en;q=0", "nb")])
def test_another_default(header: str | None, language: str) -> None:
    """The default is the caller's, unless the reader excludes it."""
    assert negotiate(header, "en") == language
