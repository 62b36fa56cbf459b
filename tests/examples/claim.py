"""A claim of insurance: what applies only sometimes, files, and a consent with a link in its label."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Annotated, Literal

from markupsafe import Markup
from pydantic import BaseModel, Field

from nofields import AccountNumber, Ask, Checkbox, Country, NorwegianDate, Text, TextArea
from nofields.forms import Form, Upload

TITLE = {"nb": "Skademelding", "nn": "Skademelding", "en": "Insurance claim"}


class Picture(Upload, max_size=5_000_000, types=("image/jpeg", "image/png")): ...


class Receipt(Upload, max_size=5_000_000, types=("image/jpeg", "image/png", ".pdf")): ...


class Claim(BaseModel):
    kind: Annotated[
        Literal["damage", "theft"],
        Ask(
            widget="radios",
            label={"nb": "Hva har skjedd?", "nn": "Kva har hendt?", "en": "What happened?"},
            options={
                "damage": {"nb": "Noe ble skadet", "nn": "Noko vart skadd", "en": "Something was damaged"},
                "theft": {"nb": "Noe ble stjålet", "nn": "Noko vart stole", "en": "Something was stolen"},
            },
        ),
    ]
    day: Annotated[NorwegianDate, Ask(label={"nb": "Når skjedde det?", "nn": "Når hende det?", "en": "When did it happen?"})]
    abroad: Annotated[
        bool,
        Ask(label={"nb": "Det skjedde i utlandet", "nn": "Det hende i utlandet", "en": "It happened abroad"}),
    ] = False
    country: Annotated[Country | None, Ask(when={"abroad": True})] = None
    police: Annotated[
        Text | None,
        Ask(
            when={"kind": "theft"},
            label={"nb": "Politiets saksnummer", "nn": "Saksnummeret til politiet", "en": "Case number of the police"},
        ),
    ] = None
    pictures: Annotated[
        list[Picture],
        Field(max_length=3),
        Ask(
            when={"kind": "damage"},
            label={"nb": "Bilder av skaden", "nn": "Bilete av skaden", "en": "Pictures of the damage"},
        ),
    ] = []
    receipt: Annotated[Receipt, Ask(label={"nb": "Kvittering", "nn": "Kvittering", "en": "Receipt"})]
    account: AccountNumber
    details: Annotated[TextArea | None, Ask(label={"nb": "Mer om saken", "nn": "Meir om saka", "en": "More details"})] = None
    consent: Annotated[
        Checkbox,
        Ask(
            label={
                "nb": Markup('Jeg har lest <a class="ds-link" href="/privacy">hvordan opplysningene blir brukt</a>'),
                "nn": Markup('Eg har lese <a class="ds-link" href="/privacy">korleis opplysningane blir brukte</a>'),
                "en": Markup('I have read <a class="ds-link" href="/privacy">how the information is used</a>'),
            }
        ),
    ]


FORM = Form(Claim)


def keep_files(claim: Claim, folder: Path) -> None:
    """Save the files under names of the app's own, before the framework closes them."""
    for each in [*claim.pictures, claim.receipt]:
        each.save(folder / f"{uuid.uuid4()}{Path(each.filename).suffix}")
