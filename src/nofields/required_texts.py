"""Which text an empty value has: the documented one for all fields, or that of its field."""

from __future__ import annotations

import os
import warnings
from enum import StrEnum

#: Which message an empty value has.
#:
#: Values: ``documented`` for "Feltet må fylles ut." in every field, ``field`` for a text that names what to enter, such as
#: "Skriv inn et organisasjonsnummer.". Any other value counts as ``documented``, with a warning.
#:
#: Default: ``documented``.
#:
#: Read by: everything that shows a text, once for each language, and ``nofields export``. Not by apps that have
#: :class:`~nofields.catalogs.Catalogs` of their own, which have an argument for it.
VARIABLE = "NOFIELDS_REQUIRED"


class RequiredTexts(StrEnum):
    """The values of ``NOFIELDS_REQUIRED``."""

    DOCUMENTED = "documented"  #: the documented text of ``TEXT_FIELD_ERROR`` (the default)
    FIELD = "field"  #: the text of the field, ``REQUIRED_…``


def setting() -> RequiredTexts:
    """Return the current setting. Warns of an unknown value, which counts as ``documented``."""
    value = os.environ.get(VARIABLE) or RequiredTexts.DOCUMENTED
    try:
        return RequiredTexts(value.strip().lower())
    except ValueError:
        known = ", ".join(RequiredTexts)
        warnings.warn(f"{VARIABLE}={value!r} is not one of {known}: using {RequiredTexts.DOCUMENTED}", stacklevel=2)
        return RequiredTexts.DOCUMENTED
