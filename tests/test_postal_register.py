"""The register of postal codes: places, municipalities, updates."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nofields import PostalCode
from nofields.postal_register import (
    SHIPPED,
    VARIABLE,
    Change,
    RegisterError,
    Status,
    codes,
    entries,
    parse,
    path,
    replace,
    status,
)

pytestmark = pytest.mark.usefixtures("fresh_register")

#: Lines of Bring's own file; the last is of a place with letters that Windows-1252 has and ASCII has not.
LINES = [
    "0001\tOSLO\t0301\tOSLO\tP",
    "0357\tOSLO\t0301\tOSLO\tG",
    "9170\tLONGYEARBYEN\t2111\tSVALBARD\tB",
    "6030\tLANGEVÅG\t1531\tSULA\tG",
]


class InUse(PostalCode, registered=True): ...


def official(count: int = 5000) -> bytes:
    """A file as Bring publishes it: Windows-1252, five columns, lines ended by CR LF."""
    made_up = [f"{code}\tSTED\t1234\tKOMMUNE\tG" for code in range(1000, 1000 + count - len(LINES))]
    return "\r\n".join([*LINES, *made_up, ""]).encode("cp1252")


@pytest.fixture
def own_register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The path of a register of our own, which does not exist yet."""
    target = tmp_path / "register.tsv"
    monkeypatch.setenv(VARIABLE, str(target))
    return target


def test_shipped_copy_until_own_file(own_register: Path) -> None:
    assert PostalCode("0357").place == "OSLO"
    assert InUse.is_valid("0357")
    replace(official())
    assert not InUse.is_valid("0010")


def test_invalid_own_file(own_register: Path) -> None:
    own_register.write_text("hei")
    with pytest.raises(RegisterError, match=r"register\.tsv: line 1 is not code, place"):
        InUse.is_valid("0357")


def test_shipped_register() -> None:
    """The shipped register has 5,146 codes, each of four digits, with place and municipality."""
    codes = entries()
    assert len(codes) == 5146
    for code, entry in codes.items():
        assert PostalCode(code) == code
        assert entry.place
        assert entry.municipality
        assert (entry.municipality_number, entry.category) == (None, None)


@pytest.mark.parametrize(
    ("code", "place", "municipality"),
    [("0357", "OSLO", "OSLO"), ("0001", "OSLO", "OSLO"), ("2315", "HAMAR", "HAMAR"), ("6030", "LANGEVÅG", "SULA")],
)
def test_place(code: str, place: str, municipality: str) -> None:
    """A code has its place and municipality; what the shipped register lacks is None."""
    made = PostalCode(code)
    assert (made.place, made.municipality) == (place, municipality)
    assert (made.municipality_number, made.category) == (None, None)


@pytest.mark.parametrize("code", ["0002", "9999"])
def test_unknown_codes(code: str) -> None:
    """A code outside the register is accepted without a place, unless the field requires registered ones."""
    made = PostalCode(code)
    assert (made.entry, made.place, made.municipality, made.municipality_number, made.category) == (None,) * 5
    problem = InUse.problem(code)
    assert problem is not None
    assert (problem.key, problem.reason, problem.params) == ("POSTAL_CODE_ERROR", "unassigned", {"digits": 4})
    assert not InUse.is_valid(code)


@pytest.mark.parametrize(("code", "reason"), [("357", "length"), ("0000", "series"), ("x", "characters"), ("", "required")])
def test_reasons_of_registered_codes(code: str, reason: str) -> None:
    """A registered code must first be a valid postal code."""
    assert InUse.problem(code).reason == reason  # type: ignore[union-attr]
    assert InUse(" 0357 ") == "0357"


def test_official_format() -> None:
    """Bring's own file is read: its encoding, its columns, its line ends."""
    entries = parse(official())
    assert entries["6030"] == ("LANGEVÅG", "1531", "SULA", "G")
    assert entries["0001"].category == "P"


def test_shipped_copy_format() -> None:
    """UTF-8 with a head of # lines, which state source, date and licence."""
    head = [line for line in SHIPPED.read_text("utf-8").splitlines() if line.startswith("#")]
    assert len(parse(SHIPPED.read_bytes())) == 5146
    for part in ("Bring", "2024", "MIT"):
        assert part in " ".join(head)


def test_replace(own_register: Path) -> None:
    """A new register takes effect at once, in the file that the variable names, with all five columns."""
    own_register.write_bytes(SHIPPED.read_bytes())
    assert PostalCode("0357").category is None
    assert codes() == tuple(sorted(entries()))
    change = replace(official())
    assert codes() == tuple(sorted(parse(official())))
    assert change.codes == 5000
    assert "1000" in change.added
    assert "0010" in change.removed
    assert not {"0357", "9170"} & {*change.added, *change.removed}
    made = PostalCode("9170")
    assert made.entry == ("LONGYEARBYEN", "2111", "SVALBARD", "B")
    assert (made.municipality_number, made.category) == ("2111", "B")
    assert not InUse.is_valid("0010")
    assert list(own_register.parent.iterdir()) == [own_register]


def test_first_own_register(own_register: Path) -> None:
    """It replaces the shipped copy, and reads back as it was."""
    shipped, new = entries().keys(), parse(official()).keys()
    change = replace(official())
    assert own_register.exists()
    assert change == Change(5000, sorted(new - shipped), sorted(shipped - new))
    assert parse(own_register.read_bytes()) == parse(official()) == entries()
    assert replace(own_register.read_bytes()) == Change(5000, [], [])


BROKEN = {
    "nothing": b"",
    "half a file": official(3000),
    "web page": b"<html><body>404 Not Found</body></html>",
    "four columns": official() + b"3999\tSTED\t1234\tKOMMUNE\r\n",
    "six columns": official() + b"3999\tSTED\t1234\tKOMMUNE\tG\tx\r\n",
    "three digits": official() + b"399\tSTED\t1234\tKOMMUNE\tG\r\n",
    "five digits": official() + b"39990\tSTED\t1234\tKOMMUNE\tG\r\n",
    "letters": official() + b"ABCD\tSTED\t1234\tKOMMUNE\tG\r\n",
    "superscript": official() + "39²9\tSTED\t1234\tKOMMUNE\tG\r\n".encode("cp1252"),
    "commas": official().replace(b"\t", b","),
    "binary": bytes(range(256)) * 1000,
}


@pytest.mark.parametrize("name", BROKEN)
def test_replace_with_invalid_register(name: str, own_register: Path) -> None:
    """Rejected when incomplete or broken, and the old register stays."""
    own_register.write_bytes(SHIPPED.read_bytes())
    with pytest.raises(RegisterError, match=r"postal codes|line"):
        replace(BROKEN[name])
    assert own_register.read_bytes() == SHIPPED.read_bytes()
    assert list(own_register.parent.iterdir()) == [own_register]
    assert PostalCode("0357").place == "OSLO"


@pytest.mark.parametrize("name", sorted(BROKEN.keys() - {"nothing", "half a file"}))
def test_replace_broken_register(name: str, own_register: Path) -> None:
    own_register.write_bytes(BROKEN[name])
    assert replace(official()).codes == 5000
    assert PostalCode("0357").place == "OSLO"


def test_byte_order_mark(own_register: Path) -> None:
    replace(official().decode("cp1252").encode("utf-8-sig"))
    assert entries()["6030"].place == "LANGEVÅG"


def test_replace_is_atomic(own_register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the last step fails, the old register stays."""
    own_register.write_bytes(SHIPPED.read_bytes())
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        replace(official())
    assert own_register.read_bytes() == SHIPPED.read_bytes()
    assert list(own_register.parent.iterdir()) == [own_register]


def test_status_of_shipped_copy(own_register: Path) -> None:
    """The shipped copy has a date, and is in use while there is no own register."""
    assert status() == Status(SHIPPED, True, date(2024, 4, 11), 5146)


def test_status_of_imported_register(own_register: Path) -> None:
    """Its date is what the import states; Bring's own file states none."""
    replace(official(), date(2026, 11, 1))
    assert status() == Status(own_register, False, date(2026, 11, 1), 5000)
    assert parse(own_register.read_bytes()) == parse(official())
    replace(official())
    assert status() == Status(own_register, False, None, 5000)
    own_register.write_bytes(official())
    assert status() == Status(own_register, False, None, 5000)


def test_import_keeps_date(own_register: Path) -> None:
    replace(SHIPPED.read_bytes())
    assert status() == Status(own_register, False, date(2024, 4, 11), 5146)


@pytest.mark.parametrize(
    "line", ["# As of: 2024-13-01", "# As of: 2024-04", "# As of: 11 April 2024", "# As of: ２０２４-04-11", "# 2024-04-11"]
)
def test_unreadable_date(own_register: Path, line: str) -> None:
    """An unknown date, and no error: the head is a comment."""
    own_register.write_bytes(f"{line}\n".encode() + official().decode("cp1252").encode())
    assert status() == Status(own_register, False, None, 5000)


def test_status_of_invalid_register(own_register: Path) -> None:
    own_register.write_text("hei")
    with pytest.raises(RegisterError, match=r"register\.tsv: line 1 is not code, place"):
        status()


@pytest.mark.parametrize(
    ("today", "age"),
    [
        ("2024-04-10", None),
        ("2024-04-11", "0 days"),
        ("2024-04-12", "1 day"),
        ("2024-06-10", "60 days"),
        ("2024-06-11", "2 months"),
        ("2025-04-10", "11 months"),
        ("2026-11-26", "31 months"),
    ],
)
def test_age(today: str, age: str | None) -> None:
    """Whole months, below two months days, and nothing before the date of the register."""
    assert Status(SHIPPED, True, date(2024, 4, 11), 5146).age(date.fromisoformat(today)) == age


def test_unknown_age() -> None:
    assert Status(SHIPPED, False, None, 5000).age(date(2026, 11, 26)) is None


def test_empty_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """It means the shipped register."""
    monkeypatch.setenv(VARIABLE, "")
    assert path() == SHIPPED
