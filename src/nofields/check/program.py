"""A compiled rule, as both readers take it: the extension's and the plain one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nofields.check.notation import Notation
from nofields.check.tables import Table
from nofields.errors import Problem


@dataclass(frozen=True)
class Program:
    """A compiled rule.

    Attributes:
        notation: How its numbers may be written.
        table: The code of every number; ``None`` if numbers are read by ``define``.
        define: From digits of the right count to their code, by the definition of the rule.
        policy: From a setting of ``NOFIELDS_SYNTHETIC`` to what each code means under it.
        depends: Whether the policy depends on the setting.
        problems: The problem of each code of a reason.
    """

    notation: Notation
    table: Table | None
    define: Callable[[str], int]
    policy: Callable[[object], bytes]
    depends: bool
    problems: tuple[Problem, ...]

    @property
    def learns(self) -> bool:
        """Whether codes of the table are asked for as they occur."""
        return self.table is not None and isinstance(self.table.codes[0], bytearray)
