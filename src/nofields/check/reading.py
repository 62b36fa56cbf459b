"""The base of checks that read numbers by a compiled rule."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from nofields.check.accepted import accepted_pattern, clean_pattern
from nofields.check.base import Check, New
from nofields.check.codes import ALL_KINDS, REASONS
from nofields.check.native import reader_of
from nofields.check.notation import Notation
from nofields.check.program import Program
from nofields.check.tables import Table
from nofields.errors import Problem, Reason


class ReadingCheck(Check):
    """Text -> digits, by a compiled rule."""

    #: Whether what a kind's code means depends on ``NOFIELDS_SYNTHETIC``.
    depends = False

    def __init__(self, rule: Any, **params: object) -> None:
        super().__init__(rule, **params)
        reader = reader_of(lambda: self.program, self._otherwise)
        # Instance attributes, so that a caller reaches the reader with no frame of ours in between.
        self.is_valid = reader.is_valid  # type: ignore[assignment, method-assign]
        self.clean = reader.clean  # type: ignore[assignment, method-assign]
        self.problem_of = reader.problem  # type: ignore[assignment, method-assign]
        self.reader = reader

    def notation(self) -> Notation:
        """Return how the numbers may be written."""
        raise NotImplementedError

    def table(self) -> Table | None:
        """Return the table of the numbers; ``None`` if they are read by :meth:`define`."""
        raise NotImplementedError

    def define(self, digits: str) -> int:
        """Return the code of digits of the right count by the definition of the rule."""
        raise NotImplementedError

    def policy(self, setting: object) -> bytes:
        """Return what each code means under a setting of ``NOFIELDS_SYNTHETIC``."""
        return ALL_KINDS

    @cached_property
    def program(self) -> Program:
        """The compiled rule."""
        problems = (self.required, *(self.problem(reason) for reason in REASONS[1:]))
        named = None if self.rule.secret else self._named
        return Program(self.notation(), self.table(), self.define, self.policy, self.depends, problems, named)

    def pattern(self, *, clean: bool) -> str:
        return clean_pattern(self.program.notation) if clean else accepted_pattern(self.program.notation)

    def learn(self) -> None:
        """Ask for all codes that the table does not have yet."""

    def constructor(
        self, own: type, new: New, reject: Callable[[Problem], Any]
    ) -> tuple[Callable[[object], Any], Callable[..., Any] | None]:
        if new is not str.__new__:
            return super().constructor(own, new, reject)
        return self.reader.constructor(own, reject, own.__name__)

    def _named(self, text: str) -> Problem:
        """Return the problem of a text that has characters that it may not have."""
        return self.naming(text, self.program.notation.anywhere)

    def _otherwise(self, value: object) -> Problem:
        """Return the problem of what is no text."""
        problem = self.text(value, excess=Reason.LENGTH)
        assert isinstance(problem, Problem)
        return problem
