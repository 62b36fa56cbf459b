"""``Form``, a model as a form; ``Bound``, the form with what was typed into it, in a language."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any, Generic, TypeVar

from markupsafe import Markup
from pydantic import BaseModel, ValidationError

from nofields import messages
from nofields.errors import Problem, Reason
from nofields.forms import render
from nofields.forms.controls import Control, controls, sent_names
from nofields.forms.error import EXPLAINED, FormError
from nofields.forms.submitted import Data, Submitted, as_validated, is_blank, submitted
from nofields.forms.view import View, ids, shown, view
from nofields.keys import Phrase
from nofields.languages import negotiate
from nofields.localization import Loc, problems
from nofields.synthetic import policy

Model = TypeVar("Model", bound=BaseModel)


class Form(Generic[Model]):
    """A form for a pydantic model of nofields types.

    ``without`` names fields that are not asked for (as Python names them, or by their aliases); ``bind`` is then given
    their values. ``prefix`` stands in front of every id, for two forms on one page. ``name`` is what the check endpoint of
    :mod:`nofields.web` knows the form by.

    Raises ``TypeError``, naming the field, where a field that is asked for has no control: nested models, lists, numbers
    of Python's. Raises ``ValueError`` where ``without`` names no field.
    """

    def __init__(self, model: type[Model], *, name: str = "", without: Collection[str] = (), prefix: str = "") -> None:
        self.model = model
        self.name = name or model.__name__
        self.prefix = prefix
        left_out = [without] if isinstance(without, str) else without
        self.controls: Mapping[str, Control] = controls(model, left_out)
        self._sent_names = sent_names(model)

    def bind(
        self,
        data: Data | None = None,
        locale: str | None = "nb",
        *,
        initial: Data | Model | None = None,
        given: Mapping[str, Any] | None = None,
    ) -> Bound[Model]:
        """The form with what was typed, in the language that ``locale`` (a name or an Accept-Language header) asks for.

        ``data`` is a mapping or the multi-dictionary of a web framework; of what it has besides the form's fields
        nothing is read. ``None`` is a form that nobody has sent yet: it shows ``initial``, and the model's defaults where
        that says nothing, and has no errors. Once it is sent, a default stands in for what is left empty, but not for
        what is not ticked or chosen: that may be a choice too. ``given`` holds the values of fields that are not asked
        for, or that may be left empty since they are known. Names in ``initial`` and ``given`` may be Python's or aliases.
        """
        known = {self._sent_names.get(name, name): value for name, value in (given or {}).items()}
        return Bound(self, data, negotiate(locale), dict(initial) if isinstance(initial, BaseModel) else initial or {}, known)


class Bound(Generic[Model]):
    """A form with what was typed into it: the errors, the value, the HTML."""

    def __init__(self, form: Form[Model], data: Data | None, locale: str, initial: Data, given: Mapping[str, Any]) -> None:
        self.form = form
        self.locale = locale
        self.is_sent = data is not None
        self.given = given
        self._submitted: dict[str, Submitted] = {}
        for name, control in form.controls.items():
            self._submitted[name] = shown(control, self._before(control, initial)) if data is None else submitted(control, data)
        self._value, self._found = self._validated() if self.is_sent else (None, [])

    def __repr__(self) -> str:
        return f"<Bound {self.form.name}: {len(self._found)} errors>"

    @property
    def value(self) -> Model | None:
        """The model's instance; ``None`` where something is wrong, or nothing was sent."""
        return self._value

    @property
    def is_valid(self) -> bool:
        return self._value is not None

    @cached_property
    def errors(self) -> list[FormError]:
        """The first error of every control, in the order of the form, then those of the model as a whole."""
        first: dict[str, FormError] = {}
        for loc, problem in self._found:
            error = self._error(loc, problem)
            first.setdefault(error.name or str(len(first)), error)
        order = list(self.form.controls)
        return sorted(first.values(), key=lambda error: order.index(error.name) if error.name else len(order))

    def error(self, name: str) -> FormError | None:
        """The error of one control, if it has one."""
        return next((error for error in self.errors if error.name == name), None)

    def render(self) -> Markup:
        """The summary of errors and every field, as HTML; the ``<form>`` and its buttons are the host's."""
        return render.template("form.html", bound=self)

    def summary(self) -> Markup:
        """The summary of errors alone; empty where there are none."""
        return render.template("summary.html", bound=self)

    def intro(self) -> Markup:
        """The sentence that says which fields must be filled in; none where a hint says that one may be left empty."""
        views = self.views()
        if any(self.is_optional(view.control) and not view.says_optional for view in views if not view.is_tick):
            return Markup("")
        some = any(view.says_optional for view in views)
        said = Phrase.FORM_UNMARKED_REQUIRED if some else Phrase.FORM_ALL_REQUIRED
        return render.template("intro.html", said=messages.message(said, self.locale))

    def control(self, name: str, *, hint: str = "") -> Markup:
        """One field with its label, hint and error; ``hint`` stands in for the field's own."""
        return render.template("control.html", bound=self, control=self.view(name, hint))

    @property
    def attributes(self) -> Markup:
        """What ``forms.js`` needs to find, for an element around the pieces where a host places them itself."""
        return render.template("attributes.html", bound=self)

    @property
    def synthetic(self) -> str:
        """What NOFIELDS_SYNTHETIC says now, for the validators in the browser."""
        return policy()

    def title(self, title: str) -> str:
        """The title of a page with this form: the word for errors stands in front of it where there are any."""
        return messages.message(Phrase.FORM_TITLE_WITH_ERRORS, self.locale, title=title) if self.errors else title

    def view(self, name: str, hint: str = "") -> View:
        """All that the template says of one control."""
        control = self.form.controls[name]
        kept = control.is_secret and name in self.given
        return view(
            control,
            prefix=self.form.prefix,
            locale=self.locale,
            value=self._submitted[name],
            error=self.error(name),
            hint=hint or (control.kept if kept else ""),
            optional=self.is_optional(control),
            # Known already, and the hint says so: no word for "optional" is needed.
            told=kept,
        )

    def views(self) -> list[View]:
        return [self.view(name) for name in self.form.controls]

    def is_optional(self, control: Control) -> bool:
        """Whether a control may be left empty."""
        return control.optional or control.name in self.given

    def _before(self, control: Control, initial: Data) -> Any:
        """What stands in a control before anybody typed: what is given for that, else the default, which shows no secret."""
        for name in (control.name, control.attribute):
            if name in initial:
                return initial[name]
        info = self.form.model.model_fields[control.attribute]
        takes_others = getattr(info, "default_factory_takes_validated_data", False)  # since pydantic 2.10
        if info.is_required() or takes_others or (control.kind is not None and control.kind.secret):
            return None
        return info.get_default(call_default_factory=True)

    def _validated(self) -> tuple[Model | None, list[tuple[Loc, Problem]]]:
        values: dict[str, Any] = dict(self.given)
        for name, control in self.form.controls.items():
            value = self._submitted[name]
            if not (name in self.given and is_blank(value)):
                values |= as_validated(control, value)
        try:
            return self.form.model.model_validate(values), []
        except ValidationError as error:
            return None, problems(error)

    def _error(self, loc: Loc, problem: Problem) -> FormError:
        name = str(loc[0]) if loc else ""
        control = self.form.controls.get(name)
        if control is not None and control.kind is None and is_blank(self._submitted[name]):
            problem = Problem(control.blank_key, Reason.REQUIRED)
        explained = problem.reason in EXPLAINED or f"{problem.key}/{problem.reason}" in EXPLAINED
        return FormError(
            name=name if control else "",
            id=self._first_wrong(control) if control else "",
            label=messages.message(control.label, self.locale, **control.params) if control else "",
            loc=loc,
            key=str(problem.key),
            reason=str(problem.reason),
            message=problem.message(self.locale).strip(),
            explanation=problem.explanation(self.locale) if explained else "",
        )

    def _first_wrong(self, control: Control) -> str:
        """The id of the input to go to: of a range the end that is wrong, the last one if each is right by itself."""
        return ids(control, self.form.prefix, self._submitted[control.name])[0]
