"""What is entered in the forms of ``tests/examples``, right and wrong, and what is saved of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from examples.pages import THANKS
from nofields import Phrase, message

Entered = Mapping[str, str]
PDF, PNG = b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n..."


@dataclass(frozen=True)
class Example:
    """A form, filled in.

    Attributes:
        right: What is entered on each of its pages.
        wrong: What else is entered on the first page, so that it is rejected.
        name: The field with the error.
        sentences: The error, by language.
        saved: What is saved of the right data, as JSON.
        files: The name and the content of files, by field.
        thanks: A sentence of the last page, by language.
    """

    right: list[Entered]
    wrong: Entered
    name: str
    sentences: Mapping[str, str]
    saved: Mapping[str, Any]
    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    thanks: Mapping[str, str] = field(default_factory=lambda: THANKS)


CUSTOMER = Example(
    right=[
        {
            "name": "Kari Nordmann",
            "orgnr": "974 760 673",
            "postal_code": "0357",
            "email": "kari@example.com",
            "website": "https://example.com/",
            "since": "31.12.2016",
            "discount": "12,5",
            "terms": "30",
            "newsletter": "on",
        }
    ],
    wrong={"discount": "60"},
    name="discount",
    sentences={
        "nb": "Skriv inn et tall som er 50 eller mindre.",
        "nn": "Skriv inn eit tal som er 50 eller mindre.",
        "en": "Enter a number that is 50 or less.",
    },
    saved={
        "name": "Kari Nordmann",
        "orgnr": "974760673",
        "postal_code": "0357",
        "email": "kari@example.com",
        "website": "https://example.com/",
        "since": "2016-12-31",
        "discount": "12.5",
        "terms": 30,
        "newsletter": True,
    },
)
ORDER = Example(
    right=[
        {
            "delivery.street": "Storgata 1",
            "delivery.postal_code": "0357",
            "lines.0.product": "Bord",
            "lines.0.count": "2",
            "lines.0.price": "1 234,50",
            "payment.kind": "invoice",
            "payment.invoice.orgnr": "974 760 673",
        }
    ],
    wrong={"lines.0.price": "60 000"},
    name="lines",
    sentences={
        "nb": "Bestillingen er over 100 000 kroner. Del den opp.",
        "nn": "Tinginga er over 100 000 kroner. Del ho opp.",
        "en": "The order exceeds NOK 100,000. Split it.",
    },
    saved={
        "delivery": {"street": "Storgata 1", "postal_code": "0357"},
        "lines": [{"product": "Bord", "count": 2, "price": "1234.50"}],
        "payment": {"kind": "invoice", "orgnr": "974760673"},
    },
)
CLAIM = Example(
    right=[{"kind": "theft", "day": "31.12.2016", "police": "12345/16", "account": "8601.11.17947", "consent": "on"}],
    wrong={"police": ""},
    name="police",
    sentences={"nb": "Feltet må fylles ut.", "nn": "Feltet må fyllast ut.", "en": "Fill in this field."},
    saved={
        "kind": "theft",
        "day": "2016-12-31",
        "abroad": False,
        "country": None,
        "police": "12345/16",
        "pictures": [],
        "receipt": "kvittering.pdf",
        "account": "86011117947",
        "details": None,
        "consent": True,
    },
    files={"receipt": ("kvittering.pdf", PDF)},
)
CONTACT = Example(
    right=[{"name": "Kari", "answer": "phone", "phone": "21 23 45 67", "message": "Ring meg."}],
    wrong={"phone": "21 23"},
    name="phone",
    sentences={
        "nb": "Skriv inn et gyldig telefonnummer",
        "nn": "Skriv inn eit gyldig telefonnummer",
        "en": "Enter a valid phone number",
    },
    saved={"name": "Kari", "answer": "phone", "email": None, "phone": "21234567", "message": "Ring meg."},
)
APPLICATION = Example(
    right=[
        {"kind": "person", "fnr": "30108299920", "phone": "21 23 45 67"},
        {
            "place": "Kafé Blåbær",
            "address.street": "Storgata 1",
            "address.postal_code": "0357",
            "opening": "31.12.2016",
            "alcohol": "true",
        },
        {"manager": "Kari Nordmann", "manager_fnr": "30108299939"},
        {},
    ],
    wrong={"phone": "21 23"},
    name="phone",
    sentences=CONTACT.sentences,
    saved={
        "kind": "person",
        "orgnr": None,
        "fnr": "30108299920",
        "phone": "21234567",
        "place": "Kafé Blåbær",
        "address": {"street": "Storgata 1", "postal_code": "0357"},
        "opening": "2016-12-31",
        "alcohol": True,
        "manager": "Kari Nordmann",
        "manager_fnr": "30108299939",
    },
    thanks={language: message(Phrase.FORM_RECEIPT_TITLE, language).strip() for language in ("nb", "nn", "en")},
)
EXAMPLES = {"customer": CUSTOMER, "order": ORDER, "application": APPLICATION, "claim": CLAIM, "contact": CONTACT}
