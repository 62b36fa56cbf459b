"""E-mail addresses over a column: email-validator is asked once for each domain.

Rows with a plain local part are valid if their domain is. The others go to the scalar check.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nofields.characters import BLANK
from nofields.check.email import LONGEST_LOCAL, MAILBOXES, PLAIN_LOCAL, EmailCheck, normalized_domain
from nofields.columns.kernel import RIGHT, Array, Classified, Kernel, replaced, wide
from nofields.columns.plain import PlainKernel
from nofields.errors import Reason

#: So many rows are split, and so many domains are normalised, together.
_ROWS = 1 << 18
_PLAIN = f"^{PLAIN_LOCAL}@"
_MAILBOX = f"^(?i:{'|'.join(sorted(MAILBOXES))})@"
_FORMAT = np.uint8(0)
#: The code of a row that waits for the scalar check.
_OTHER = np.uint8(254)


class _Addresses(NamedTuple):
    """Addresses with plain local parts: their rows, whether they have white space around them, and their domains."""

    rows: Array
    padded: Array
    domains: pa.Array


class EmailKernel(Kernel):
    """Texts -> normalised addresses."""

    def __init__(self, check: EmailCheck) -> None:
        self.problems = [check.problem(Reason.FORMAT)]
        self._longest = check.longest
        self._scalar = PlainKernel(check, self.problems)

    def classify(self, array: pa.Array) -> Classified:
        texts = wide(array)
        texts.validate(full=True)  # UTF-8 too, which Arrow's functions take for granted
        plain = self._plain_addresses(texts)
        encoded = plain.domains.dictionary_encode()
        domains, places = encoded.dictionary, encoded.indices.to_numpy()
        normalized = _normalized(domains)
        codes = np.full(len(texts), _OTHER)
        codes[plain.rows] = plain_codes = _codes(normalized).take(places)
        others = np.flatnonzero((codes == _OTHER) & texts.is_valid().to_numpy(zero_copy_only=False))
        other_texts = texts.take(pa.array(others))
        found = self._scalar.classify(other_texts)
        codes[others] = found.codes

        def clean() -> pa.Array:
            changed = plain.padded | np.asarray(pc.not_equal(domains, normalized).fill_null(False)).take(places)
            changed &= plain_codes == RIGHT
            ours = _joined(texts.take(pa.array(plain.rows[changed])), normalized.take(pa.array(places[changed])))
            theirs = found.clean()
            is_repaired = (found.codes == RIGHT) & np.asarray(pc.not_equal(theirs, other_texts).fill_null(False))
            rows = np.concatenate([plain.rows[changed], others[is_repaired]])
            if not len(rows):
                return array
            values = pa.concat_arrays([ours, theirs.filter(pa.array(is_repaired))])
            order = np.argsort(rows)
            return replaced(array, rows[order], values.take(pa.array(order)))

        return Classified(codes, clean)

    def _plain_addresses(self, texts: pa.Array) -> _Addresses:
        starts = range(0, len(texts), _ROWS)
        parts = [self._plain_addresses_of(texts.slice(start, _ROWS)) for start in starts]
        return _Addresses(
            np.concatenate([np.zeros(0, np.intp), *(start + part.rows for start, part in zip(starts, parts))]),
            np.concatenate([np.zeros(0, bool), *(part.padded for part in parts)]),
            pa.concat_arrays([pa.array([], texts.type), *(part.domains for part in parts)]),
        )

    def _plain_addresses_of(self, texts: pa.Array) -> _Addresses:
        trimmed = pc.utf8_trim(texts, BLANK)
        is_plain = pc.and_(
            pc.match_substring_regex(trimmed, _PLAIN),
            pc.and_(
                pc.less_equal(pc.find_substring(trimmed, "@"), LONGEST_LOCAL),
                pc.less_equal(pc.binary_length(texts), self._longest),
            ),
        )
        is_mailbox = pc.match_substring_regex(trimmed, _MAILBOX)
        if is_mailbox.true_count:
            is_plain = pc.and_not(is_plain, pc.and_(is_mailbox, pc.match_substring_regex(trimmed, "^[^@]*[A-Z]")))
        rows = np.flatnonzero(is_plain.fill_null(False).to_numpy(zero_copy_only=False))
        trimmed, texts = trimmed.filter(is_plain), texts.filter(is_plain)
        halves = pc.split_pattern(trimmed, "@", max_splits=1).flatten()
        padded = np.asarray(pc.not_equal(pc.binary_length(trimmed), pc.binary_length(texts)))
        return _Addresses(rows, padded, halves.take(pa.array(np.arange(1, len(halves), 2))))


def _normalized(domains: pa.Array) -> pa.Array:
    """Domains as :func:`normalized_domain` has them."""
    parts = [domains.slice(start, _ROWS).to_pylist() for start in range(0, len(domains), _ROWS)]
    normalized = [pa.array(map(normalized_domain, part), domains.type) for part in parts]
    return pa.concat_arrays([pa.array([], domains.type), *normalized])


def _codes(normalized: pa.Array) -> Array:
    """The codes of normalised domains: wrong where empty, to be asked by address where null."""
    lengths = pc.binary_length(normalized).fill_null(-1).to_numpy()
    return np.select([lengths < 0, lengths == 0], [_OTHER, _FORMAT], np.uint8(RIGHT))


def _joined(texts: pa.Array, domains: pa.Array) -> pa.Array:
    """Addresses with other domains, and without white space around them."""
    local_parts = pc.replace_substring_regex(pc.utf8_trim(texts, BLANK), "(?s)@.*", "")
    return pc.binary_join_element_wise(local_parts, domains, pa.scalar("@", domains.type))
