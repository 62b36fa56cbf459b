"""What Hypothesis prints of a failing test, and what its ghostwriter writes, can be pasted back."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from hypothesis import find
from hypothesis import strategies as st
from hypothesis.vendor.pretty import pretty
from pydantic import BaseModel

import nofields
from helpers.values import each_field
from nofields import (
    AccountNumber,
    AltinnPassword,
    AltinnSystemId,
    DateRange,
    Dropdown,
    Field,
    NationalIdentityNumber,
    NorwegianDate,
    OrganisationNumber,
    PaymentReference,
    PhoneNumber,
    Text,
    VatNumber,
)
from nofields.synthetic import VARIABLE

pytestmark = pytest.mark.usefixtures("synthetic_accepted")


#: Prints what failing tests show. In a process of its own: Schemathesis's plugin of pytest hides what Hypothesis prints.
SCRIPT = """
import json, re, sys
from hypothesis import given, settings, strategies as st
from nofields.fields import ALL, Text

class Pin(Text, max=9):
    secret = True

def shown(field):
    @settings(report_multiple_bugs=False, print_blob=False, database=None, derandomize=True)
    @given(x=st.from_type(field))
    def fail(x):
        raise AssertionError
    try:
        fail()
    except AssertionError as error:
        return re.search(r"^    x=(.*?),(?:  #.*)?$", "\\n".join(error.__notes__), re.MULTILINE)[1]

print(json.dumps({field.__name__: shown(field) for field in (*ALL, Pin)}))
"""


@cache
def shown() -> dict[str, str]:
    """What the failing tests of all fields show of a value."""
    environment = os.environ | {VARIABLE: "accept"}
    run = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, encoding="utf-8", check=True)
    texts: dict[str, str] = json.loads(run.stdout)
    return texts


@each_field
def test_shown_and_pasted_back(field: type[Field]) -> None:
    """As a call of the field, unless it is secret and has no synthetic values."""
    text = shown()[field.__name__]
    if field is AltinnPassword:
        assert text == "AltinnPassword('***')"
        return
    assert eval(text, vars(nofields)) == find(st.from_type(field), lambda value: True)
    if issubclass(field, str):
        assert text.startswith(f"{field.__name__}('")


def test_own_secret_is_masked() -> None:
    assert shown()["Pin"] == "Pin('***')"


def test_only_synthetic_persons_are_shown() -> None:
    """Elsewhere, ``repr`` masks them as well."""
    synthetic, real = NationalIdentityNumber("03851598730"), NationalIdentityNumber("20036914700")
    assert pretty(synthetic) == "NationalIdentityNumber('03851598730')"
    assert pretty(real) == repr(real) == repr(synthetic) == "NationalIdentityNumber('***')"


class Customer(BaseModel):
    """A model, with a field that may be missing."""

    orgnr: OrganisationNumber
    owner: NationalIdentityNumber | None = None


def save(
    orgnr: OrganisationNumber,
    fnr: NationalIdentityNumber,
    day: NorwegianDate,
    password: AltinnPassword,
    text: Text,
    choice: Dropdown,
    span: DateRange,
    kid: PaymentReference,
    system: AltinnSystemId,
    vat: VatNumber,
    customer: Customer,
    accounts: list[AccountNumber],
    phone: PhoneNumber | None = None,
) -> None:
    """A function to be tested."""
    for value in (*accounts, orgnr, fnr, day, password, text, choice, span, kid, system, vat, customer):
        assert type(value).__module__ != "builtins"


@pytest.fixture
def ghostwriter(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Hypothesis's ghostwriter without Black, which only lays out what it writes."""
    monkeypatch.setitem(sys.modules, "black", SimpleNamespace(format_str=lambda text, mode: text, Mode=lambda: None))  # type: ignore[arg-type]
    from hypothesis.extra import ghostwriter

    return ghostwriter


def test_ghostwriter(ghostwriter: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What it writes runs."""
    monkeypatch.setitem(sys.modules, __name__, sys.modules.get(__name__) or SimpleNamespace(**globals()))  # type: ignore[arg-type]
    written = ghostwriter.fuzz(save)
    assert "st.from_type(OrganisationNumber)" in written
    assert "drawn" not in written
    (tmp_path / "written.py").write_text(written, "utf-8")
    runpy.run_path(str(tmp_path / "written.py"))["test_fuzz_save"]()
