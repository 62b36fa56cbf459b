"""Limits and names that several kinds of rule share."""

from __future__ import annotations

#: Most digits of a decimal number.
MOST_DIGITS = 30
#: The names of a date range's two ends, in mappings and in forms.
ENDS = ("from", "to")
#: What browsers send for a ticked box.
TICK = "on"
#: Longest line of text, in characters, unless a field sets its own length.
LONGEST_LINE = 255
#: Longest IBAN, in characters (ISO 13616).
LONGEST_IBAN = 34
#: Longest input, in characters, unless a rule sets its own: anything longer is rejected unread.
LONGEST_INPUT = 64
