"""What the rows of a list are called."""

from __future__ import annotations

from nofields.ask import Reader
from nofields.forms.parts.parts import Repeat
from nofields.keys import Phrase


def row_title(part: Repeat, number: int | str, reader: Reader) -> str:
    """Return what a row is called, with its number.

    Args:
        part: The list.
        number: The number of the row, or what stands for it.
        reader: Who reads it.
    """
    if not part.item_label:
        return reader.text(Phrase.FORM_ROW_NUMBER, {"number": number})
    return f"{reader.plain_text(part.item_label).strip()} {number}"


def add_text(part: Repeat, reader: Reader) -> str:
    """Return the text of the button that adds a row."""
    if not part.item_label:
        return reader.text(Phrase.FORM_ROW_ADD)
    return reader.text(Phrase.FORM_ROW_ADD_NAMED, {"item": inside_sentence(reader.plain_text(part.item_label))})


def inside_sentence(name: str) -> str:
    """Return a name as it stands inside a sentence: with a small first letter, unless it is an abbreviation.

    >>> inside_sentence("Order line"), inside_sentence("KID")
    ('order line', 'KID')
    """
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
