"""E-mail addresses get the answers of email-validator, which is asked once for each domain."""

from __future__ import annotations

from typing import Any

import email_validator
import pyarrow as pa
import pytest
from email_validator import validate_email
from email_validator.rfc_constants import CASE_INSENSITIVE_MAILBOX_NAMES
from hypothesis import given

from helpers.columns import scalar, verdicts
from helpers.near import ADDRESSES, DOMAINS
from nofields import EmailAddress
from nofields.characters import WHITE_SPACE
from nofields.check.email import MAILBOXES
from nofields.columns import check

PLAIN = ["a", "ola.nordmann", "Ola+1_2-3", "-", "_", "+", "a" * 64, "info", "infos"]
OTHERS = ["", ".a", "a.", "a..b", ".", "a" * 65, "INFO", "Postmaster", "WWW", "o'neill", "å", "a b", '"a"', "a@b", "a\n"]


def by_email_validator(text: str) -> str | None:
    """The normalised address, or None."""
    try:
        return validate_email(text.strip(WHITE_SPACE), check_deliverability=False).normalized
    except ValueError:
        return None


def by_field(text: str) -> str | None:
    return EmailAddress(text) if EmailAddress.is_valid(text) else None


def by_column(text: str) -> str | None:
    cleaned: str | None = check(EmailAddress, [text]).clean()[0].as_py()
    return cleaned


@given(text=ADDRESSES)
def test_any_address(text: str) -> None:
    assert by_field(text) == (by_email_validator(text) if len(text) <= 254 else None)


@pytest.mark.parametrize("domain", DOMAINS, ids=ascii)
def test_domains(domain: str) -> None:
    """Every domain behind local parts that skip email-validator and others, in the same column."""
    texts = [f"{blank}{local}@{domain}{blank}" for local in (*PLAIN, *OTHERS) for blank in ("", " \u00a0")]
    assert [by_field(text) for text in texts] == [by_email_validator(text) for text in texts]
    assert verdicts(check(EmailAddress, texts)) == [scalar(EmailAddress, text) for text in texts]


#: Of the three forms of a domain, any may be the longest: as it is written, normalised, or in ASCII.
LABELS = ["e" * 60, "ø", "å" * 20, "\uff45" * 30, "e\u0301" * 9, "好" * 20, ("好" * 30).encode("idna").decode(), "xn--4dbc"]


@pytest.mark.parametrize("label", LABELS, ids=ascii)
def test_lengths(label: str) -> None:
    """An address may be 254 bytes long in each form; its local part may be 64 bytes long."""
    domains = [f"{'.'.join([label] * 130)[:count]}.no" for count in range(20, 251)]
    texts = [
        f"{'a' * count}@{domain}{blank}" for domain in domains for count, blank in ((1, ""), (50, " "), (63, ""), (64, ""))
    ]
    texts = [text for text in texts if len(text) <= 254]
    expected = [by_email_validator(text) for text in texts]
    assert [by_field(text) for text in texts] == expected
    assert check(EmailAddress, texts).clean().to_pylist() == expected


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u2009"], ids=ascii)
@pytest.mark.parametrize("length", [253, 254, 255, 300])
def test_longest_text(blank: str, length: int) -> None:
    """White space counts, in characters."""
    text = "ola@example.com".ljust(length, blank)
    assert EmailAddress.is_valid(text) is (length <= 254)
    assert verdicts(check(EmailAddress, [text])) == [scalar(EmailAddress, text)]


def test_mailboxes() -> None:
    """If this fails, add the new names to MAILBOXES: email-validator writes them in lower case."""
    assert set(CASE_INSENSITIVE_MAILBOX_NAMES) <= MAILBOXES


@pytest.mark.parametrize("name", sorted(MAILBOXES))
@pytest.mark.parametrize("written", [str.lower, str.upper, str.title, lambda name: name.title().swapcase()])
def test_mailbox(name: str, written: Any) -> None:
    text = f"{written(name)}@example.com"
    assert by_field(text) == by_column(text) == by_email_validator(text)


@pytest.mark.parametrize(
    ("setting", "value", "text"),
    [
        ("TEST_ENVIRONMENT", True, "ola@example.test"),
        ("GLOBALLY_DELIVERABLE", False, "ola@intranet"),
        ("ALLOW_DOMAIN_LITERAL", True, "ola@[127.0.0.1]"),
        ("SPECIAL_USE_DOMAIN_NAMES", [], "ola@example.local"),
        ("SPECIAL_USE_DOMAIN_NAMES", ["example.com"], "ola@example.com"),
        ("STRICT", True, f"{'a' * 65}@example.com"),  # the only setting that email-validator 2.1 does not know
    ],
)
def test_settings_of_email_validator(setting: str, value: object, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting takes effect at once, and no longer than it holds."""
    before = by_email_validator(text)
    assert by_field(text) == by_column(text) == before
    with monkeypatch.context() as patch:
        patch.setattr(email_validator, setting, value, raising=False)
        assert by_field(text) == by_column(text) == by_email_validator(text)
        assert by_email_validator(text) != before or setting == "STRICT"
    assert by_field(text) == by_column(text) == before


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What email-validator is asked about. Domains may be in memory unless no other test has them."""
    texts: list[str] = []

    def ask(text: str, **settings: Any) -> object:
        texts.append(text)
        return validate_email(text, **settings)

    monkeypatch.setattr(email_validator, "validate_email", ask)
    return texts


def test_column_asks_once_for_each_domain(asked: list[str]) -> None:
    """In a column of several blocks, whether the domain is valid or not."""
    domains = [*(f"column{number}.no" for number in range(20)), *(f"wrong{number}" for number in range(20))]
    texts = [f"User.{row}@{domains[row % 40]}" for row in range(300_000)]
    checked = check(EmailAddress, pa.array(texts))
    assert checked.valid.to_pylist() == [row % 40 < 20 for row in range(300_000)]
    assert sorted(asked) == sorted(f"a@{domain}" for domain in domains)
    check(EmailAddress, pa.array(texts[:40]))
    assert len(asked) == 60, "valid domains are kept, others are not"


def test_field_asks_once_for_each_domain(asked: list[str]) -> None:
    assert all(EmailAddress.is_valid(f"{local}@field.no") for local in PLAIN)
    assert asked == ["a@field.no"]


@pytest.mark.parametrize("local", OTHERS)
def test_other_local_parts_are_asked_about(local: str, asked: list[str]) -> None:
    EmailAddress.is_valid(f"{local}@others.no")
    by_column(f"{local}@others.no")
    assert asked == [f"{local}@others.no"] * 2


def test_blocks() -> None:
    """Wrong, padded and other rows keep their places on both sides of a block's end."""
    odd = ["ola@Example.com", " ola@example.com", "ola@example", "o'neill@example.com ", None, "", "x" * 300, "INFO@blåbær.no"]
    texts = [*odd, *["ola@example.com"] * ((1 << 18) - 12), *odd]
    assert verdicts(check(EmailAddress, pa.array(texts))) == [scalar(EmailAddress, text) for text in texts]


@pytest.mark.parametrize("kind", [pa.utf8(), pa.large_utf8(), pa.string_view()], ids=str)
def test_clean_column(kind: pa.DataType) -> None:
    """A column whose valid values are clean is returned as it is, without a copy."""
    column = pa.array(["ola@example.com", None, "o'neill@example.com", "info@blåbær.no"], kind)
    assert check(EmailAddress, column).clean() is column
