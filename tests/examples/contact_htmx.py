"""A contact form: with HTMX the form alone is replaced, without it the whole page is."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel

from nofields import Ask, EmailAddress, PhoneNumber, Text, TextArea
from nofields.forms import Form

TITLE = {"nb": "Kontakt oss", "nn": "Kontakt oss", "en": "Contact us"}


class Contact(BaseModel):
    name: Annotated[Text, Ask(label={"nb": "Navn", "nn": "Namn", "en": "Name"}, autocomplete="name")]
    answer: Annotated[
        Literal["email", "phone"],
        Ask(
            label={"nb": "Hvordan vil du ha svar?", "nn": "Korleis vil du ha svar?", "en": "How should we answer?"},
            options={
                "email": {"nb": "På e-post", "nn": "På e-post", "en": "By email"},
                "phone": {"nb": "På telefon", "nn": "På telefon", "en": "By phone"},
            },
        ),
    ]
    email: Annotated[EmailAddress | None, Ask(when={"answer": "email"})] = None
    phone: Annotated[PhoneNumber | None, Ask(when={"answer": "phone"})] = None
    message: Annotated[TextArea, Ask(label={"nb": "Melding", "nn": "Melding", "en": "Message"})]


FORM = Form(Contact)
