"""Check columns of values with the same result for each value as the field itself.

>>> from nofields import OrganisationNumber
>>> from nofields.columns import check
>>> checked = check(OrganisationNumber, ["974 760 673", "974760674", None])
>>> checked.valid.to_pylist(), checked.reasons.to_pylist()
([True, False, None], [None, 'check_digit', None])
>>> checked.clean().to_pylist()
['974760673', None, None]
"""

from __future__ import annotations

from nofields.extras import importing

with importing("columns", __name__):
    from nofields.columns.checked import Checked, check

__all__ = ["Checked", "check"]
