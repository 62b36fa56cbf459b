"""The forms by their address, and what their pages say."""

from __future__ import annotations

from examples import application, claim, contact_htmx, customer, order

EXAMPLES = {
    "customer": customer,
    "order": order,
    "application": application,
    "claim": claim,
    "contact": contact_htmx,
}
FORMS = {name: each.FORM for name, each in EXAMPLES.items()}
TITLES = {name: each.TITLE for name, each in EXAMPLES.items()}
THANKS = {
    "nb": "Takk, vi har fått skjemaet.",
    "nn": "Takk, vi har fått skjemaet.",
    "en": "Thank you, we have the form.",
}
