"""The values that the fields' pages show. What becomes of them is computed.

A field that is missing here gets its own examples, and the simplest values that Hypothesis finds for its reasons.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import nofields
from nofields import fields
from nofields.value import Field


@dataclass(frozen=True)
class Sample:
    """Values for one field.

    Args:
        accepted: Values that the field reads; the first is that of the properties.
        rejected: A value for each reason; the first is that of the snippet. What the field accepts, ``subclass``
            rejects, or the field itself with ``NOFIELDS_SYNTHETIC=only``.
        subclass: The definition of a subclass, for a reason that the field itself does not give.
    """

    accepted: tuple[object, ...]
    rejected: tuple[object, ...] = ()
    subclass: str = ""

    def narrowed(self) -> type[Field] | None:
        """Return ``subclass``."""
        namespace: dict[str, Any] = {}
        exec(self.subclass, dict(vars(nofields)), namespace)  # noqa: S102
        return next(iter(namespace.values()), None)


SAMPLES: dict[type[Field], Sample] = {
    fields.OrganisationNumber: Sample(
        ("974 760 673", "974760673", " 974760673\n", "NO 974 760 673 MVA", "974760673MVA", "0192:974760673"),
        ("974 760 674", "", 974760673, "974760673.0", "974-760-673", "97476067", "174760673", "310926833", "974760673"),
    ),
    fields.AccountNumber: Sample(
        ("8601.11.17947", "86011117947", "8601 11 17947", "8601-11-17947", "NO93 8601 1117 947"),
        ("8601.11.17948", "", 86011117947, "86011117947.0", "860-111-17947", "8601.11.1794", "00000000000"),
    ),
    fields.PaymentReference: Sample(
        ("1234567897", "1234 5678 9015", "202600113-", "202600113–"),
        ("1234567898", "", 1234567897, "1234567897.0", "KID 1234567897", "123", "00000000"),
    ),
    fields.NationalIdentityNumber: Sample(
        ("301082 99920", "30108299920", "301082-99920", "30.10.82 99920", "02013299997"),
        (
            "301082 99921",
            "",
            30108299920,
            "30108299920.0",
            "30-10-8299920",
            "301082",
            "310282 99920",
            "03851598730",
            "30108299920",
            "60033981883",
        ),
        'class Resident(NationalIdentityNumber, accept={"fnr"}): ...',
    ),
    fields.PostalCode: Sample(
        ("0357", " 9170 ", "N-0357"),
        ("357", "", 357, "357.0", "S-0357", "0000", "0002"),
        "class Delivery(PostalCode, registered=True): ...",
    ),
    fields.PhoneNumber: Sample(
        ("21 23 45 67", "(+47) 21 23 45 67", "0047 21234567", "21-23-45-67", "406.12.345", "tel:+4721234567"),
        ("2123456", "", 21234567, "21234567.0", "21-234-567", "+46 8 123 456 78", "00000000"),
    ),
    fields.MobilePhoneNumber: Sample(
        ("406 12 345", "+47 406 12 345", "0047 40612345"),
        ("21 23 45 67", "", 40612345, "40612345.0", "40-612-345", "4061234", "+46 70 123 45 67", "00000000"),
    ),
    fields.NorwegianDate: Sample(
        (
            *("5.3.2026", "05.03.2026", "5. 3. 2026", "05/03/2026", "5-3-2026", "05 03 2026", "2026-03-05"),
            *("05032026", "20260305", " 5.3.2026\u200e"),
        ),
        ("31.11.2016", "", 20161231, "31.12.16", "31112016", "12312016", "31.12.1999", "1.1.2100"),
        'class ThisCentury(NorwegianDate, min=NorwegianDate("1.1.2000"), max=NorwegianDate("31.12.2099")): ...',
    ),
    fields.DateRange: Sample(
        (
            "01.01.2016–31.12.2016",
            "1.1.2016 - 31.12.2016",
            "1/1/2016 - 31/12/2016",
            "2016-01-01/2016-12-31",
            ("1.1.2016", "31.12.2016"),
            {"from": "2016-01-01", "to": "2016-12-31"},
        ),
        (
            *(("31.12.2016", "1.1.2016"), "", 2016, ("31.11.2016", "31.12.2016"), "2016"),
            *(("31.12.1999", "1.1.2016"), ("1.1.2016", "1.1.2100")),
        ),
        'class ThisCentury(DateRange, min=NorwegianDate("1.1.2000"), max=NorwegianDate("31.12.2099")): ...',
    ),
    fields.AltinnPassword: Sample(("Fjell2024",), ("fjell", "", 20242024, "Fjell2024" * 15)),
    fields.AltinnSystemId: Sample(
        ("974760673_regnskap", "12345"),
        (
            "974760674_regnskap",
            "",
            12345,
            "12345.0",
            "regnskap",
            "174760673_regnskap",
            "310926833_regnskap",
            "974760673_regnskap",
        ),
    ),
    fields.VatNumber: Sample(
        ("NO 974 760 673 MVA", "974760673MVA", "no974760673mva"),
        (
            "NO 974 760 674 MVA",
            "",
            974760673,
            "974760673.0",
            "974 760 673",
            "NO 974 760 67 MVA",
            "NO 174 760 673 MVA",
            "NO 310 926 833 MVA",
            "NO 974 760 673 MVA",
        ),
    ),
    fields.Iban: Sample(
        ("NO93 8601 1117 947", "no9386011117947", "GB29 NWBK 6016 1331 9268 19", "DE89370400440532013000"),
        (
            "NO23 8601 1117 946",
            "",
            86011117947,
            "NO93-8601-1117-947",
            "86011117947",
            "XX93 8601 1117 947",
            "NO93 8601 1117 94",
            "NO13 0000 0000 000",
        ),
    ),
    fields.EmailAddress: Sample(("Ola@EXAMPLE.com", " kari@blåbær.example.com "), ("ola@", "", 1, "o" * 250 + "@example.com")),
    fields.Number: Sample(
        ("1 234,50", "1234.50", "\N{MINUS SIGN}5", "007", 1234.5),
        ("12 stk", "", True, "1" * 31, "100,25", "-1", "101"),
        "class Share(Number, min=0, max=100, decimals=1): ...",
    ),
    fields.Amount: Sample(
        ("1 234,50", "1.234,50", "1,234.50", "kr 25 000", "1234,-", 1234.5),
        ("25.000", "", True, "mange", "1" * 31, "-5", "10 001"),
        "class Fee(Amount, max=10_000): ...",
    ),
    fields.Text: Sample(("  Ola Nordmann ",), ("x" * 300, "", 1, "Ola\x07", "O"), "class Name(Text, min=2): ..."),
    fields.TextArea: Sample(
        ("Hei!\r\nHa det.",), ("x" * 2001, "", 1, "Hei\x07", "Hei"), "class Comment(TextArea, min=20): ..."
    ),
    fields.Checkbox: Sample(("on", True, "TRUE", "1"), (None, "off", 1, "x" * 300)),
    fields.CheckboxGroup: Sample(
        (["tue", "mon", "tue"], "mon", {"mon"}),
        ([], 1, ["mon\x07"], ["sun"]),
        'class Days(CheckboxGroup, choices=["mon", "tue"]): ...',
    ),
    fields.Dropdown: Sample(("small",), ("", 1, "small\x07", "huge"), 'class Size(Dropdown, choices=["small", "large"]): ...'),
    fields.Radio: Sample(("yes",), ("", 1, "yes\x07", "maybe"), 'class Answer(Radio, choices=["yes", "no"]): ...'),
    fields.Country: Sample(("NO", "SE"), ("Norge", "", 47)),
}
