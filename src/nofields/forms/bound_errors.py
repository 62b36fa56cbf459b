"""The errors of a form at its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nofields.ask import Reader
from nofields.forms.entries import Entry, GroupEntry, ListEntry, Loc, walk
from nofields.forms.error import FormError
from nofields.forms.error_texts import form_error
from nofields.forms.part import Part
from nofields.forms.titles import row_title
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

    def shown(located: Located) -> FormError:
        entry = _nearest(places, located.place.loc)
        return form_error(located, entry, around(entries, entry, reader) if entry else [], prefix, reader)

    first: dict[str, FormError] = {}
    for each in map(shown, found):
        first.setdefault(each.name or str(len(first)), each)
    unsorted = dict.fromkeys([*first.values(), *map(shown, added)])
    return sorted(unsorted, key=lambda error: order.get(error.name, len(order)))


def _nearest(places: Mapping[Loc, Entry[Part]], loc: Loc) -> Entry[Part] | None:
    """Return the entry at a location, or the innermost one around it."""
    return next((places[loc[:end]] for end in range(len(loc), 0, -1) if loc[:end] in places), None)


def around(entries: Mapping[str, Entry[Part]], entry: Entry[Part], reader: Reader) -> list[str]:
    """Return the names of the groups and rows that an entry is in, outermost first."""
    titles: list[str] = []
    inside: Iterable[Entry[Part]] = entries.values()
    while outer := next((each for each in inside if each is not entry and entry.name.startswith(f"{each.name}.")), None):
        if isinstance(outer, ListEntry):
            number, row = next(
                (number, row)
                for number, row in enumerate(outer.rows, start=1)
                if f"{entry.name}.".startswith(f"{row.entry.name}.")
            )
            titles.append(row_title(outer.part, number, reader))
            if row.entry is entry:
                break
            outer = row.entry
        elif isinstance(outer, GroupEntry):
            titles.append(reader.plain_text(outer.part.label))
        inside = outer.inner()
    return titles
