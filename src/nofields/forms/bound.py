"""``Bound``, a form with its data."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from markupsafe import Markup
from pydantic import BaseModel

from nofields.ask import Attributes, LocalText, Reader
from nofields.errors import FieldError, Problem
from nofields.forms import render
from nofields.forms.bound_control import BoundControl, bind_control
from nofields.forms.controls import Control
from nofields.forms.entries import entries
from nofields.forms.error import FormError
from nofields.forms.error_texts import form_error
from nofields.forms.file_controls import enctype, file_note
from nofields.forms.initial import shown_entry
from nofields.forms.submitted import Data, is_blank
from nofields.forms.validation import validated
from nofields.keys import Phrase
from nofields.located import Located, problems
from nofields.synthetic import policy

if TYPE_CHECKING:
    from nofields.forms.form import Form

Model = TypeVar("Model", bound=BaseModel)
#: What :meth:`Bound.add_error` shows: a sentence, a key of a catalog, sentences by language, or a problem.
ErrorText = LocalText | Problem


class Bound(Generic[Model]):
    """A form with its data, made by :meth:`Form.bind`.

    Attributes:
        form: The form.
        locale: The language of the texts.
        reader: Who reads the texts: the language, and the form's catalogs.
        is_sent: Whether the form was submitted.
        given: The values of the fields that the form does not need from the user.
    """

    def __init__(
        self,
        form: Form[Model],
        data: Data | None,
        locale: str,
        initial: Data,
        given: Mapping[str, Any],
        context: object = None,
    ) -> None:
        self.form = form
        self.locale = locale
        self.reader = Reader(locale, form.catalogs)
        self.is_sent = data is not None
        self.given = given
        held = entries(form, data, initial, given)
        self._submitted = held.submitted
        self._value, self._problems = validated(form, held, given, context) if self.is_sent else (None, [])
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
    def draft(self) -> dict[str, str | bool | list[str] | dict[str, str] | None]:
        """What was entered, right or wrong, by name: plain data for JSON, which ``bind(initial=…)`` shows again.

        Without passwords, national identity numbers and other secrets, even those that the form sends back, and without
        files and fields that cannot be changed.
        """
        kept = [each for each in self.form.controls.values() if not (each.read_only or each.holds_secret or each.files)]
        return {control.name: shown_entry(control, self._submitted[control.name]) for control in kept}

    @cached_property
    def errors(self) -> list[FormError]:
        """The errors in the order of the form, those of the form as a whole last.

        Of the errors that the model finds in a control the first, and all those that the host added.
        """
        first: dict[str, FormError] = {}
        for located in self._problems:
            error = self._error(located)
            first.setdefault(error.name or str(len(first)), error)
        order = list(self.form.controls)
        unsorted = dict.fromkeys([*first.values(), *map(self._error, self._added)])
        return sorted(unsorted, key=lambda error: order.index(error.name) if error.name else len(order))

    def error(self, name: str) -> FormError | None:
        """Return the first error of a control, or ``None``."""
        return next((error for error in self.errors if error.name == name), None)

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
        name = self.form.submitted_name(name)
        if name and name not in self.form.controls:
            raise KeyError(f"{self.form.name} has no control {name!r}; it has {', '.join(self.form.controls)}")
        self._add(FieldError(text, at=name or ()))

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

    def _add(self, error: FieldError) -> None:
        secrets = [str(self._submitted[name] or "") for name, control in self.form.controls.items() if control.is_secret]
        self._added += [each._replace(secrets=secrets) for each in problems(error, self.form.model)]
        self._value = None
        self.__dict__.pop("errors", None)

    def render(self) -> Markup:
        """Return the error summary and all controls as HTML, without ``<form>`` and buttons."""
        return render.template("form.html", bound=self)

    def summary(self) -> Markup:
        """Return the error summary as HTML; empty if there are no errors."""
        return render.template("summary.html", bound=self)

    def intro(self) -> Markup:
        """Return the sentence on which fields are required, as HTML; empty if hints say which may be left empty."""
        bound = [each for each in self.bound_controls() if not each.control.read_only]
        if any(self.is_optional(each.control) and not each.marked_optional for each in bound if not each.is_checkbox):
            return Markup("")
        some_optional = any(each.marked_optional for each in bound)
        phrase = Phrase.FORM_UNMARKED_REQUIRED if some_optional else Phrase.FORM_ALL_REQUIRED
        return render.template("intro.html", text=self.text(phrase))

    def text(self, key: str, **params: object) -> str:
        """Return a text of the form's catalogs in its language, for a template."""
        return self.reader.text(key, params)

    def control(self, name: str, *, hint: LocalText = "", attributes: Attributes | None = None) -> Markup:
        """Return one control with its label, hint and error as HTML.

        Args:
            name: The name under which the control is submitted.
            hint: A hint that replaces the control's own.
            attributes: Other HTML attributes of its inputs, as for :class:`nofields.Ask`, over which they take
                precedence.

        Raises:
            KeyError: The form has no such control.
            ValueError: An attribute is one that the form sets itself, such as ``id`` or ``aria-invalid``.
        """
        return render.template("control.html", bound=self, control=self.bound_control(name, hint, attributes))

    @property
    def attributes(self) -> Markup:
        """The attributes that ``forms.js`` needs on an element around the controls; :meth:`render` has them."""
        return render.template("attributes.html", bound=self, synthetic=policy())

    @property
    def enctype(self) -> str:
        """The ``enctype`` of ``<form>``: ``multipart/form-data`` if the form has a file to upload, else HTML's default."""
        return enctype(self.form.controls.values())

    def title(self, title: str) -> str:
        """Return the title of a page with this form: "Error: " comes first if there are errors."""
        return self.text(Phrase.FORM_TITLE_WITH_ERRORS, title=title) if self.errors else title

    def bound_control(self, name: str, hint: LocalText = "", attributes: Attributes | None = None) -> BoundControl:
        """Return a control with its value and error, for a template; see :meth:`control`."""
        control = self.form.controls[name].with_attributes(attributes or {})
        stored = control.is_withheld and name in self.given
        sealed = self._sealed(control)
        return bind_control(
            control,
            prefix=self.form.prefix,
            reader=self.reader,
            value=self._submitted[name],
            errors=tuple(error for error in self.errors if error.name == name),
            hint=hint or (control.kept if stored and not control.files else ""),
            optional=self.is_optional(control),
            stored=stored or bool(sealed),
            given=self.given,
            note=self._note(control, sealed),
            sealed=sealed,
        )

    def bound_controls(self) -> list[BoundControl]:
        """Return all controls with their values and errors."""
        return [self.bound_control(name) for name in self.form.controls]

    def is_optional(self, control: Control) -> bool:
        """Return whether a control may be left empty."""
        return control.optional or control.read_only or control.name in self.given or bool(self._sealed(control))

    def _note(self, control: Control, sealed: str) -> str:
        """Return what became of a secret or a file that was entered."""
        if control.files:
            sent = self._submitted[control.name] if self.is_sent and not self.is_valid else ()
            return file_note(control, sent, (*self._problems, *self._added), self.given.get(control.name), self.reader)
        return self.text(Phrase.FORM_SECRET_SEALED if sealed else control.again_phrase if self._is_emptied(control) else "")

    def _sealed(self, control: Control) -> str:
        """Return a right secret of a rejected form encrypted, if the form has a key."""
        if self.form.secrets is None or not self._is_emptied(control) or self.error(control.name):
            return ""
        return self.form.secrets.seal(control, self._submitted[control.name])

    def _is_emptied(self, control: Control) -> bool:
        """Return whether a rejected form shows a control empty though it was filled in."""
        rejected = self.is_sent and not self.is_valid
        return rejected and control.is_secret and not control.read_only and not is_blank(self._submitted[control.name])

    def _error(self, located: Located) -> FormError:
        name = str(located.place.loc[0]) if located.place.loc else ""
        control = self.form.controls.get(name)
        return form_error(located, control, self._submitted.get(name), self.form.prefix, self.reader)
