"""The errors of a form at its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nofields.ask import Reader
from nofields.forms.bound.error_texts import form_error
from nofields.forms.entries.entries import Entry, GroupEntry, ListEntry, Loc, walk
from nofields.forms.error import FormError
from nofields.forms.parts.part import Part
from nofields.forms.parts.titles import row_title
from nofields.located import Located


def form_errors(
    found: Iterable[Located], added: Iterable[Located], entries: Mapping[str, Entry[Part]], prefix: str, reader: Reader
) -> list[FormError]:
    """Return the errors in the order of the form, those of the form as a whole last.

    Args:
        found: The errors that the model finds, of which only the first of each part is returned.
        added: Those that the host added.
        entries: What the parts hold.
        prefix: The prefix of every id.
        reader: Who reads them.
    """
    found, added = list(found), list(added)
    if not found and not added:
        return []
    places = {entry.loc: entry for entry in walk(entries) if entry.applies}
    order = {entry.name: number for number, entry in enumerate(walk(entries))}
    around = titles(entries.values(), reader)

    def shown(located: Located) -> FormError:
        entry = _nearest(places, located.place.loc)
        return form_error(located, entry, around[entry.name] if entry else [], prefix, reader)

    first: dict[str, FormError] = {}
    for each in map(shown, found):
        first.setdefault(each.name or str(len(first)), each)
    unsorted = dict.fromkeys([*first.values(), *map(shown, added)])
    return sorted(unsorted, key=lambda error: order.get(error.name, len(order)))


def _nearest(places: Mapping[Loc, Entry[Part]], loc: Loc) -> Entry[Part] | None:
    """Return the entry at a location, or the innermost one around it."""
    return next((places[loc[:end]] for end in range(len(loc), 0, -1) if loc[:end] in places), None)


def titles(entries: Iterable[Entry[Part]], reader: Reader) -> dict[str, list[str]]:
    """Return the names of the groups and rows that each entry is in, outermost first, by the entry's name."""
    found: dict[str, list[str]] = {}
    waiting: list[tuple[Entry[Part], list[str]]] = [(each, []) for each in entries]
    while waiting:
        entry, around = waiting.pop()
        found[entry.name] = around
        if isinstance(entry, ListEntry):
            named = [(row.entry, row_title(entry.part, number, reader)) for number, row in enumerate(entry.rows, start=1)]
            waiting += [(row, [*around, title]) for row, title in named]
        else:
            is_named = isinstance(entry, GroupEntry) and entry.part.key
            inside = [*around, reader.plain_text(entry.part.label)] if is_named else around
            waiting += [(each, inside) for each in entry.inner()]
    return found
