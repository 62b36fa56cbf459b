"""``Form``, a form for a pydantic model, and ``Bound``, the form with its data."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any, Generic, TypeVar

from markupsafe import Markup
from pydantic import BaseModel, ValidationError

from nofields import messages
from nofields.ask import LocalText, Reader
from nofields.catalogs import PROCESS_WIDE, Catalogs
from nofields.errors import Problem, Reason
from nofields.forms import render
from nofields.forms.bound_control import BoundControl, bind_control, first_invalid_id, initial_value
from nofields.forms.controls import Control
from nofields.forms.error import FormError, is_explained
from nofields.forms.from_model import controls, submitted_names
from nofields.forms.submitted import Data, Submitted, is_blank, model_input, submitted
from nofields.keys import Phrase
from nofields.languages import negotiate
from nofields.localization import localized
from nofields.located import Located, problems
from nofields.synthetic import policy

Model = TypeVar("Model", bound=BaseModel)


class Form(Generic[Model]):
    """A form for a pydantic model of nofields types.

    Args:
        model: The model.
        name: The name of the form in the check endpoint of :mod:`nofields.web`; by default the model's.
        without: Fields that the form leaves out, by name or alias; ``bind`` gets their values as ``given``.
        prefix: The prefix of every id, for several forms on one page.
        catalogs: The catalogs of an app that has its own.

    Raises:
        TypeError: A field has no control, such as a nested model, a list or an ``int``. The message names the field.
        ValueError: The model has no field of a name in ``without``.
    """

    def __init__(
        self,
        model: type[Model],
        *,
        name: str = "",
        without: Collection[str] = (),
        prefix: str = "",
        catalogs: Catalogs = PROCESS_WIDE,
    ) -> None:
        self.model = model
        self.catalogs = catalogs
        self.name = name or model.__name__
        self.prefix = prefix
        left_out = [without] if isinstance(without, str) else without
        self.controls: Mapping[str, Control] = controls(model, left_out)
        self._submitted_names = submitted_names(model)

    def bind(
        self,
        data: Data | None = None,
        locale: str | None = "nb",
        *,
        initial: Data | Model | None = None,
        given: Mapping[str, object] | None = None,
    ) -> Bound[Model]:
        """Bind the form to data.

        In a submitted form the model's default replaces blank text, but not a missing choice or an unchecked box,
        which may be deliberate.

        Args:
            data: The submitted data: a mapping or the multi-dictionary of a web framework. Names that are not
                the form's are ignored. ``None`` for a form that is not submitted yet, which has no errors.
            locale: A locale name or an Accept-Language header.
            initial: The values of a form that is not submitted yet; the model's defaults replace missing ones.
            given: Values of fields that the form leaves out, or that may be left empty because they are stored.
                Names in ``initial`` and ``given`` are field names or aliases.

        Returns:
            The form with its data: the value or the errors, and the HTML.
        """
        values = {self._submitted_names.get(name, name): value for name, value in (given or {}).items()}
        initial = dict(initial) if isinstance(initial, BaseModel) else initial or {}
        return Bound(self, data, negotiate(locale, catalogs=self.catalogs), initial, values)


class Bound(Generic[Model]):
    """A form with its data, made by :meth:`Form.bind`.

    Attributes:
        form: The form.
        locale: The language of the texts.
        reader: Who reads the texts: the language, and the form's catalogs.
        is_sent: Whether the form was submitted.
        given: The values of the fields that the form does not need from the user.
    """

    def __init__(self, form: Form[Model], data: Data | None, locale: str, initial: Data, given: Mapping[str, Any]) -> None:
        self.form = form
        self.locale = locale
        self.reader = Reader(locale, form.catalogs)
        self.is_sent = data is not None
        self.given = given
        self._submitted: dict[str, Submitted] = {}
        for name, control in form.controls.items():
            self._submitted[name] = (
                initial_value(control, self._initial(control, initial)) if data is None else submitted(control, data)
            )
        self._value, self._problems = self._validate() if self.is_sent else (None, [])

    def __repr__(self) -> str:
        return f"<Bound {self.form.name}: {len(self._problems)} errors>"

    @property
    def value(self) -> Model | None:
        """The model's instance; ``None`` if a value is invalid or nothing was submitted."""
        return self._value

    @property
    def is_valid(self) -> bool:
        """Whether the form was submitted and every value is valid."""
        return self._value is not None

    @cached_property
    def errors(self) -> list[FormError]:
        """The first error of each control, in the order of the form, then the errors of the model as a whole."""
        first: dict[str, FormError] = {}
        for located in self._problems:
            error = self._error(located)
            first.setdefault(error.name or str(len(first)), error)
        order = list(self.form.controls)
        return sorted(first.values(), key=lambda error: order.index(error.name) if error.name else len(order))

    def error(self, name: str) -> FormError | None:
        """Return the error of a control, or ``None``."""
        return next((error for error in self.errors if error.name == name), None)

    def render(self) -> Markup:
        """Return the error summary and all controls as HTML, without ``<form>`` and buttons."""
        return render.template("form.html", bound=self)

    def summary(self) -> Markup:
        """Return the error summary as HTML; empty if there are no errors."""
        return render.template("summary.html", bound=self)

    def intro(self) -> Markup:
        """Return the sentence on which fields are required, as HTML; empty if hints say which may be left empty."""
        bound = self.bound_controls()
        if any(self.is_optional(each.control) and not each.marked_optional for each in bound if not each.is_checkbox):
            return Markup("")
        some_optional = any(each.marked_optional for each in bound)
        phrase = Phrase.FORM_UNMARKED_REQUIRED if some_optional else Phrase.FORM_ALL_REQUIRED
        return render.template("intro.html", text=self.text(phrase))

    def text(self, key: str, **params: object) -> str:
        """Return a text of the form's catalogs in its language, for a template."""
        return self.reader.text(key, params)

    def control(self, name: str, *, hint: LocalText = "") -> Markup:
        """Return one control with its label, hint and error as HTML.

        Args:
            name: The name under which the control is submitted.
            hint: A hint that replaces the control's own.

        Raises:
            KeyError: The form has no such control.
        """
        return render.template("control.html", bound=self, control=self.bound_control(name, hint))

    @property
    def attributes(self) -> Markup:
        """The attributes that ``forms.js`` needs on an element around the controls; :meth:`render` has them."""
        return render.template("attributes.html", bound=self, synthetic=policy())

    def title(self, title: str) -> str:
        """Return the title of a page with this form: "Error: " comes first if there are errors."""
        return self.text(Phrase.FORM_TITLE_WITH_ERRORS, title=title) if self.errors else title

    def bound_control(self, name: str, hint: LocalText = "") -> BoundControl:
        """Return a control with its value and error, for a template; see :meth:`control`."""
        control = self.form.controls[name]
        stored = control.is_secret and name in self.given
        return bind_control(
            control,
            prefix=self.form.prefix,
            reader=self.reader,
            value=self._submitted[name],
            error=self.error(name),
            hint=hint or (control.kept if stored else ""),
            optional=self.is_optional(control),
            given=self.given,
        )

    def bound_controls(self) -> list[BoundControl]:
        """Return all controls with their values and errors."""
        return [self.bound_control(name) for name in self.form.controls]

    def is_optional(self, control: Control) -> bool:
        """Return whether a control may be left empty."""
        return control.optional or control.name in self.given

    def _initial(self, control: Control, initial: Data) -> object:
        """The initial value of a control, or the default of its field unless that is a secret."""
        for name in (control.name, control.attribute):
            if name in initial:
                return initial[name]
        info = self.form.model.model_fields[control.attribute]
        secret = control.field_type is not None and control.field_type.secret
        if info.is_required() or info.default_factory_takes_validated_data or secret:
            return None
        return info.get_default(call_default_factory=True)

    def _validate(self) -> tuple[Model | None, list[Located]]:
        values: dict[str, object] = dict(self.given)
        for name, control in self.form.controls.items():
            value = self._submitted[name]
            if not (name in self.given and is_blank(value)):
                values |= model_input(control, value)
        try:
            return self.form.model.model_validate(values), []
        except ValidationError as error:
            return None, problems(error, self.form.model)

    def _error(self, located: Located) -> FormError:
        loc = located.place.loc
        name = str(loc[0]) if loc else ""
        control = self.form.controls.get(name)
        if control is not None and control.field_type is None and is_blank(self._submitted[name]):
            located = located._replace(problem=Problem(control.blank_key, Reason.REQUIRED))
        elif control is not None and control.field_type is None and located.problem.reason == Reason.CHOICE:
            located = located._replace(problem=Problem(control.blank_key, Reason.CHOICE, located.problem.params))
        text = localized(located, self.reader)
        explained = is_explained(text["key"], text["reason"]) or messages.has_own_reason(text["reason"], *self.reader)
        return FormError(
            name=name if control else "",
            id=first_invalid_id(control, self.form.prefix, self._submitted[name]) if control else "",
            label=self.reader.text(control.label, control.params) if control else "",
            loc=loc,
            key=text["key"],
            reason=text["reason"],
            message=text["message"].strip(),
            explanation=text["explanation"] if explained else "",
        )
