"""``Bound``, a form with its data."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel

from nofields.ask import LocalText
from nofields.errors import FieldError, Problem
from nofields.forms.bound.answered import Answered
from nofields.forms.bound.bound_errors import form_errors
from nofields.forms.entries.drafts import Plain, draft_of
from nofields.forms.entries.edits import edited
from nofields.forms.entries.entries import ControlEntry, Loc, find, walk
from nofields.forms.entries.filling import Sources, fill
from nofields.forms.entries.source import Source
from nofields.forms.entries.validation import validated
from nofields.forms.error import FormError
from nofields.forms.types.submitted import Data
from nofields.located import Located, problems

if TYPE_CHECKING:
    from nofields.forms.form import Form

Model = TypeVar("Model", bound=BaseModel)
#: What :meth:`Bound.add_error` shows: a sentence, a key of a catalog, sentences by language, or a problem.
ErrorText = LocalText | Problem


class Bound(Answered, Generic[Model]):
    """A form with its data, made by :meth:`Form.bind`.

    Attributes:
        form: The form.
        locale: The language of the texts.
        reader: Who reads the texts: the language, and the form's catalogs.
        templates: The templates that show the form.
        entries: What the parts of the form hold.
        is_edit: Whether a button of a list added or removed a row.
        is_sent: Whether the form was submitted, and not only edited.
        given: The values of the fields that the form does not need from the user.
    """

    #: What is computed once, until the host adds an error.
    _remembered: tuple[str, ...] = ("_errors", "_errors_by_name", "_parts", "_bound_controls")

    def __init__(
        self,
        form: Form[Model],
        data: Data | None,
        locale: str,
        initial: Data,
        given: Mapping[str, Any],
        context: object = None,
    ) -> None:
        super().__init__(form, locale, given)
        sent = None if data is None else Source(data)
        self.entries = fill(form.parts, Sources(sent, Source(initial), given, form.secrets))
        self.is_edit = data is not None and edited(self.entries, data)
        self.is_sent = data is not None and not self.is_edit
        self._value, self._problems = validated(form, self.entries, given, context) if self.is_sent else (None, [])
        self._added: list[Located] = []

    def __repr__(self) -> str:
        return f"<Bound {self.form.name}: {len(self._problems) + len(self._added)} errors>"

    @property
    def value(self) -> Model | None:
        """The model's instance; ``None`` if a value is invalid or nothing was submitted."""
        return self._value

    @property
    def is_valid(self) -> bool:
        """Whether the form was submitted and every value is valid."""
        return self._value is not None

    @property
    def draft(self) -> dict[str, Plain]:
        """What was entered, right or wrong: plain data for JSON, nested as the model is, which ``bind(initial=…)`` shows again.

        Without passwords, national identity numbers and other secrets, even those that the form sends back, and without
        fields that cannot be changed.
        """
        return draft_of(self.entries)

    @property
    def errors(self) -> list[FormError]:
        """The errors in the order of the form, those of the form as a whole last.

        Of the errors that the model finds in a control the first, and all those that the host added.
        """
        return self._errors

    @cached_property
    def _errors(self) -> list[FormError]:
        return form_errors(self._problems, self._added, self.entries, self.form.prefix, self.reader)

    def add_error(self, name: str, text: ErrorText) -> None:
        """Add an error that the model cannot know of, such as one from a database. The form is invalid then.

        Args:
            name: The control, by the name under which it is submitted or that of its field; an empty string for the
                form as a whole.
            text: A sentence, a key of a catalog, sentences by language, or a :class:`nofields.Problem`. ``***``
                replaces national identity numbers and what was entered as a password.

        Raises:
            KeyError: The form has no such control. The message names those that it has.
        """
        entry = find(self.entries, name) if name else None
        if name and entry is None:
            names = ", ".join(each.name for each in walk(self.entries))
            raise KeyError(f"{self.form.name} has no control {name!r}; it has {names}")
        self._add(FieldError(text, at=entry.loc if entry else ()))

    async def check(self, *checks: Callable[[Model], Awaitable[Mapping[str, ErrorText] | None]]) -> bool:
        """Run a project's own checks of the value, such as one that asks a register.

        They run one after the other, and only if the form is valid so far.

        Args:
            checks: Coroutine functions of the model's instance. One that finds errors returns their texts by the name
                of the control, as for :meth:`add_error`, or raises :class:`nofields.FieldError`.

        Returns:
            Whether the form is valid.
        """
        if (value := self._value) is None:
            return False
        for each in checks:
            try:
                found = await each(value)
            except FieldError as error:
                self._add(error)
            else:
                for name, text in (found or {}).items():
                    self.add_error(name, text)
        return self.is_valid

    def _errors_in(self, entry: ControlEntry) -> list[Loc]:
        places = [each.place.loc for each in (*self._problems, *self._added)]
        return [loc[len(entry.loc) :] for loc in places if loc[: len(entry.loc)] == entry.loc]

    def _add(self, error: FieldError) -> None:
        secrets = [str(each.value or "") for each in self._controls() if each.part.is_secret]
        self._added += [each._replace(secrets=secrets) for each in problems(error, self.form.model)]
        self._value = None
        for remembered in self._remembered:
            self.__dict__.pop(remembered, None)
