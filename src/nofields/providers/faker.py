"""A provider for Faker. Faker's seed decides the values, and its ``unique`` works.

>>> from datetime import date
>>> from faker import Faker
>>> fake = Faker("no_NO")
>>> fake.add_provider(Provider)
>>> fake.seed_instance(1)
>>> fake.norwegian_identity_number(gender="female", born=(date(1990, 1, 1), date(1999, 12, 31)))
'20859626085'
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from faker.providers import BaseProvider

from nofields import generate
from nofields.fields import Gender, IdentityKind, MobilePhoneNumber
from nofields.generate.identity import TENOR, gender_named


class Provider(BaseProvider):
    """Norwegian values. People and organisations are synthetic; accounts and phone numbers may be in use."""

    def norwegian_identity_number(
        self,
        kinds: Sequence[IdentityKind | str] = TENOR,
        born: tuple[date, date] | None = None,
        gender: Gender | str | None = None,
        issued: generate.Issued = "any",
    ) -> str:
        """Return a national identity number; see :func:`nofields.generate.national_identity_number`."""
        chosen = gender_named(gender)
        return generate.national_identity_number(self.random_int, [*map(str, kinds)], born, chosen, issued)

    def norwegian_organisation_number(self) -> str:
        """Return a synthetic organisation number."""
        return generate.organisation_number(self.random_int)

    def norwegian_vat_number(self) -> str:
        """Return the VAT number of a synthetic organisation."""
        return generate.vat_number(self.random_int)

    def norwegian_account_number(self) -> str:
        """Return an account number, which may be in use."""
        return generate.account_number(self.random_int)

    def norwegian_iban(self) -> str:
        """Return a Norwegian IBAN, which may be in use."""
        return generate.iban(self.random_int, country="NO")

    def norwegian_payment_reference(self) -> str:
        """Return a payment reference (KID)."""
        return generate.payment_reference(self.random_int)

    def norwegian_phone_number(self) -> str:
        """Return a phone number, which may be in use."""
        return generate.phone_number(self.random_int)

    def norwegian_mobile_phone_number(self) -> str:
        """Return a mobile phone number, which may be in use."""
        return generate.phone_number(self.random_int, MobilePhoneNumber.rule)

    def norwegian_postal_code(self) -> str:
        """Return a postal code of the register."""
        return generate.postal_code(self.random_int)

    def norwegian_person(self) -> generate.Person:
        """Return a person whose values fit each other; see :func:`nofields.generate.persons`."""
        return next(generate.persons(1, seed=self._seed()))

    def norwegian_organisation(self) -> generate.Organisation:
        """Return an organisation whose values fit each other; see :func:`nofields.generate.organisations`."""
        return next(generate.organisations(1, seed=self._seed()))

    def _seed(self) -> int:
        return self.random_int(0, 2**63)
