"""A compiled rule, as both readers take it: the extension's and the plain one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from nofields.check.codes import RIGHT
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
        named: From a text with a character that it may not have to the problem that names the character; ``None`` if the
            values are secret.
    """

    notation: Notation
    table: Table | None
    define: Callable[[str], int]
    policy: Callable[[object], bytes]
    depends: bool
    problems: tuple[Problem, ...]
    named: Callable[[str], Problem] | None

    @cached_property
    def settled(self) -> Settled:
        """The codes of the table under every setting."""
        return Settled(self)

    @property
    def learns(self) -> bool:
        """Whether codes of the table are asked for as they occur."""
        return self.table is not None and isinstance(self.table.codes[0], bytearray)


class Settled(dict[object, bytearray]):
    """The codes of a program by setting of ``NOFIELDS_SYNTHETIC``, ``None`` if it is not set.

    Those of its tables, one behind the other; a single table is followed by one that accepts its only index. Kinds are
    replaced by what they mean, and codes that are unknown are learned in here.
    """

    def __init__(self, program: Program) -> None:
        self._program = program

    def __missing__(self, setting: object) -> bytearray:
        # Not in the place of what another thread has entered meanwhile: the extension keeps no reference of its own.
        return self.setdefault(setting, self._made(setting))

    def _made(self, setting: object) -> bytearray:
        if setting is not None and not self._program.depends:
            return self[None]
        assert self._program.table
        first, second = (*self._program.table.codes, bytes([RIGHT]))[:2]
        return bytearray((first + second).translate(self._program.policy(setting)))
