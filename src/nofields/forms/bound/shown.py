"""A form with its data as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from nofields.ask import Attributes, LocalText, Reader
from nofields.forms.bound.bind_control import Kept, bind_control
from nofields.forms.bound.bind_parts import bind_all, bind_part, controls_in
from nofields.forms.bound.bound_control import BoundControl
from nofields.forms.bound.bound_part import AnyBound
from nofields.forms.entries.entries import ControlEntry, Entry, GroupEntry, VariantsEntry, find, walk
from nofields.forms.error import FormError
from nofields.forms.parts.part import Part
from nofields.forms.render import Templates
from nofields.forms.reserved import Reserved
from nofields.forms.types.file_controls import enctype, file_note
from nofields.forms.types.submitted import is_blank
from nofields.keys import Phrase
from nofields.synthetic import policy

if TYPE_CHECKING:
    from nofields.forms.form import Form


class Shown:
    """A form with its data as HTML: what of :class:`Bound`, which describes the attributes, a template needs."""

    #: The names of buttons and hidden inputs, for the templates.
    reserved = Reserved

    form: Form[Any]
    templates: Templates
    entries: Mapping[str, Entry[Part]]
    is_edit: bool
    is_sent: bool

    def __init__(self, form: Form[Any], locale: str, given: Mapping[str, Any]) -> None:
        self.form = form
        self.locale = locale
        self.reader = Reader(locale, form.catalogs)
        self.templates = form.templates
        self.given = given

    @property
    def is_valid(self) -> bool:
        """Whether the form was submitted and every value is valid."""
        raise NotImplementedError

    @property
    def errors(self) -> list[FormError]:
        """The errors in the order of the form, those of the form as a whole last."""
        raise NotImplementedError

    @property
    def shown_entries(self) -> Mapping[str, Entry[Part]]:
        """What of the entries is shown: all of them, or those of a step."""
        return self.entries

    @property
    def has_verdicts(self) -> bool:
        """Whether the errors of what was entered are shown, so that the script checks again what changes."""
        return self.is_sent

    def error(self, name: str) -> FormError | None:
        """Return the first error of a control, or ``None``."""
        return next(iter(self.errors_of(name)), None)

    def errors_of(self, name: str) -> tuple[FormError, ...]:
        """Return the errors of a control, a group or a list."""
        return self._errors_by_name.get(name, ())

    def render(self) -> Markup:
        """Return the error summary and all controls as HTML, without ``<form>`` and buttons."""
        return self.templates.render("form.html", bound=self)

    def summary(self) -> Markup:
        """Return the error summary as HTML; empty if there are no errors."""
        return self.templates.render("summary.html", bound=self)

    def intro(self) -> Markup:
        """Return the sentence on which fields are required, as HTML; empty if hints say it, or nothing is to be filled in."""
        bound = [each for each in self._bound_controls.values() if not each.control.read_only and not each.is_checkbox]
        if not bound and all(isinstance(each, ControlEntry) for each in walk(self.shown_entries)):
            return Markup("")
        if any(each.is_optional and not each.marked_optional for each in bound):
            return Markup("")
        groups = [each.part for each in walk(self.shown_entries) if isinstance(each, GroupEntry)]
        some_optional = any(each.marked_optional for each in bound) or any(each.may_be_left_out for each in groups)
        phrase = Phrase.FORM_UNMARKED_REQUIRED if some_optional else Phrase.FORM_ALL_REQUIRED
        unscripted = self.text(Phrase.FORM_SOME_APPLY) if any(map(_depends, walk(self.shown_entries))) else ""
        return self.templates.render("intro.html", text=self.text(phrase), unscripted=unscripted)

    def text(self, key: str, **params: object) -> str:
        """Return a text of the form's catalogs in its language, for a template."""
        return self.reader.text(key, params)

    def control(self, name: str, *, hint: LocalText = "", attributes: Attributes | None = None) -> Markup:
        """Return one control with its label, hint and error as HTML, or a group or list with all that is in it.

        Args:
            name: The name under which the control is submitted.
            hint: A hint that replaces the control's own.
            attributes: Other HTML attributes of its inputs, as for :class:`nofields.Ask`, over which they take
                precedence.

        Raises:
            KeyError: The form has no such control.
            ValueError: An attribute is one that the form sets itself, such as ``id`` or ``aria-invalid``.
        """
        entry = find(self.entries, name)
        part = bind_part(self, entry) if entry and not isinstance(entry, ControlEntry) else None
        shown = part or self.bound_control(name, hint, attributes)
        return self.templates.render("part.html", bound=self, part=shown)

    @property
    def attributes(self) -> Markup:
        """The attributes that ``forms.js`` needs on an element around the controls; :meth:`render` has them."""
        return self.templates.render("attributes.html", bound=self, synthetic=policy())

    @property
    def enctype(self) -> str:
        """The ``enctype`` of ``<form>``: ``multipart/form-data`` if the form has a file to upload, else HTML's default."""
        return enctype(self.form.controls.values())

    def title(self, title: str) -> str:
        """Return the title of a page with this form: "Error: " comes first if there are errors."""
        return self.text(Phrase.FORM_TITLE_WITH_ERRORS, title=title) if self.errors else title

    def bound_control(self, name: str, hint: LocalText = "", attributes: Attributes | None = None) -> BoundControl:
        """Return a control with its value and error, for a template; see :meth:`control`."""
        entry = find(self.entries, name)
        if not isinstance(entry, ControlEntry):
            raise KeyError(f"{self.form.name} has no control {name!r}")
        return self.bind_entry(entry, hint=hint, attributes=attributes)

    def bind_entry(
        self, entry: ControlEntry, label: LocalText = "", *, hint: LocalText = "", attributes: Attributes | None = None
    ) -> BoundControl:
        """Return a control with its value and error.

        Args:
            entry: What the control holds.
            label: A label that replaces its own.
            hint: A hint that replaces its own.
            attributes: Other HTML attributes.
        """
        control = entry.part.with_attributes(attributes or {})
        return bind_control(
            replace(entry, part=control),
            prefix=self.form.prefix,
            reader=self.reader,
            errors=self.errors_of(control.name),
            label=label,
            hint=hint,
            given=self._given_names,
            kept=self._kept(entry),
        )

    def parts(self) -> list[AnyBound]:
        """Return all controls, groups and lists with their values and errors, for a template."""
        return [*self._parts]

    def bound_controls(self) -> list[BoundControl]:
        """Return all controls with their values and errors, those in groups and rows too."""
        return [*self._bound_controls.values()]

    @cached_property
    def _parts(self) -> list[AnyBound]:
        return bind_all(self, self.shown_entries.values())

    @cached_property
    def _errors_by_name(self) -> dict[str, tuple[FormError, ...]]:
        found: dict[str, tuple[FormError, ...]] = {}
        for error in self.errors:
            found[error.name] = (*found.get(error.name, ()), error)
        return found

    @cached_property
    def _bound_controls(self) -> dict[str, BoundControl]:
        """The controls by name: the intro and the form need all, which take a quarter of the time of rendering them."""
        return {each.control.name: each for each in controls_in(self._parts)}

    def _controls(self) -> list[ControlEntry]:
        return [each for each in walk(self.entries) if isinstance(each, ControlEntry)]

    @cached_property
    def _given_names(self) -> frozenset[str]:
        return frozenset({*self.given, *(each.name for each in self._controls() if each.is_given)})

    def _kept(self, entry: ControlEntry) -> Kept:
        """Return what became of a secret or a file."""
        control = entry.part
        if not control.is_withheld:
            return Kept()
        if control.files:
            sent = entry.value if self._is_shown_again else ()
            return Kept(entry.is_given, file_note(control, sent, self._errors_in(entry), entry.given, self.reader))
        is_emptied = self._is_shown_again and not control.read_only and not is_blank(entry.value)
        secrets = self.form.secrets if is_emptied and entry.name not in self._optional and self._is_right(entry) else None
        sealed = secrets.seal(control, entry.value) if secrets else ""
        note = Phrase.FORM_SECRET_SEALED if sealed else control.again_phrase if is_emptied else ""
        return Kept(entry.is_given, self.text(note), sealed)

    def _errors_in(self, entry: ControlEntry) -> list[tuple[int | str, ...]]:
        """Return where in the value of a control its errors are."""
        raise NotImplementedError

    @property
    def _is_shown_again(self) -> bool:
        """Whether the form shows what was entered: it was rejected, or a row was added or removed."""
        return self.is_edit or (self.is_sent and not self.is_valid)

    @cached_property
    def _optional(self) -> frozenset[str]:
        """The names of what is in groups that can be left blank, which a kept secret would prevent."""
        groups = [each for each in walk(self.entries) if isinstance(each, GroupEntry | VariantsEntry)]
        optional = {each.name: each for each in groups if each.part.may_be_left_out}
        return frozenset(each.name for each in walk(optional))

    def _is_right(self, entry: ControlEntry) -> bool:
        """Return whether a value is right; that of a form that is only edited, by the rule of its type."""
        if self.is_sent:
            return self.error(entry.name) is None
        return entry.part.field_type is None or entry.part.field_type.is_valid(entry.value)


def _depends(entry: Entry[Part]) -> bool:
    """Return whether the script shows or hides what an entry is for, by what is entered on the same page."""
    when = entry.part.when
    return isinstance(entry, VariantsEntry) or bool(when and when.values.keys() - when.fixed)
