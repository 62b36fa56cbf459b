"""``Form``, a form for a pydantic model."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Generic

from markupsafe import Markup
from pydantic import BaseModel

from nofields.catalogs import PROCESS_WIDE, Catalogs
from nofields.forms.bound.bound import Bound, Model
from nofields.forms.entries.sent_data import WithFiles
from nofields.forms.entries.validation import incomplete
from nofields.forms.model.checked_parts import checked
from nofields.forms.model.from_model import by_key, parts
from nofields.forms.model.steps import Steps, check_late, form_steps, parts_in_steps, parts_of_a_question
from nofields.forms.parts.controls import Control
from nofields.forms.parts.ids import check_ids
from nofields.forms.parts.parts import every_control
from nofields.forms.render import TemplateSource
from nofields.forms.render import templates as own_templates
from nofields.forms.steps.stepped import SteppedBound
from nofields.forms.types.own_widgets import OwnWidget, registered
from nofields.forms.types.submitted import Data
from nofields.languages import negotiate

if TYPE_CHECKING:
    from nofields.forms.entries.entered_secrets import EnteredSecrets


class Form(Generic[Model]):
    """A form for a pydantic model of nofields types, and of plain ones such as ``int``, ``date`` and ``Enum``.

    A nested model is a group of fields, a list has rows that are added and removed, and a union of models with a
    discriminator is a choice. ``address.postal_code`` is the name of a field in a group, ``lines.0.amount`` in a row.

    Args:
        model: The model.
        name: The name of the form in the check endpoint of :mod:`nofields.web`; by default the model's.
        without: Fields that the form leaves out, by name or alias; ``bind`` gets their values as ``given``. Those of a nested
            model or of a list have a name with a dot: ``address.country``, ``lines.price``.
        read_only: Fields that are shown as text, by name or alias. ``bind`` gets their values as ``given``, or has them
            from ``initial`` or the model's defaults; what is submitted for them is ignored.
        prefix: The prefix of every id, for several forms on one page.
        catalogs: The catalogs of an app that has its own.
        templates: Folders or loaders of Jinja with the project's own templates. One with the name of one of nofields', such as
            ``nofields/form.html``, is used in its place.
        widgets: The project's own widgets by the name that ``Ask(widget=...)`` gives: each the name of a template, or an
            :class:`OwnWidget`.
        key: 32 bytes or more, the same for all processes that serve the form. With it a rejected form keeps the right
            national identity numbers that were entered, encrypted, for an hour; without it they are entered again.
        steps: The steps of a form that is shown one at a time: the fields of each by its name, or a
            :class:`nofields.forms.Step`. After the last all answers are shown, to be sent. Every field is in one step; one of
            which no field applies is left out. Drafts keep secrets encrypted for a month with ``key``. What they cannot keep is
            asked for beside the answers: all secrets without ``key``, passwords, secrets that may be left empty, and files.
        step_url: The address of a step, with its name for ``{step}``, to which the links to change an answer lead.

    Raises:
        TypeError: A field has no control, such as a dictionary, or an unknown widget. The message names the field.
        ValueError: The model has no field of a name in ``without`` or ``read_only``, or ``key`` is too short, or
            there is no such folder of templates, or a widget has the name of one of nofields', or two fields have
            the same name, or ``steps`` do not name every field once.
    """

    def __init__(
        self,
        model: type[Model],
        *,
        name: str = "",
        without: Collection[str] = (),
        read_only: Collection[str] = (),
        prefix: str = "",
        catalogs: Catalogs = PROCESS_WIDE,
        templates: TemplateSource | Iterable[TemplateSource] = (),
        widgets: Mapping[str, str | OwnWidget] = {},
        key: bytes | None = None,
        steps: Steps | None = None,
        step_url: str = "?step={step}",
    ) -> None:
        self.model = model
        self.catalogs = catalogs
        self.name = name or model.__name__
        self.prefix = prefix
        self.templates = own_templates(templates)
        self.step_url = step_url
        own = parts(model, _names(without), _names(read_only), registered(widgets))
        self.steps = form_steps(model, own, steps) if steps else ()
        self.parts = parts_in_steps(model, own, self.steps) if steps else checked(model, own)
        self.incomplete = incomplete(model) if steps else model
        check_ids(self.parts)
        self.controls: Mapping[str, Control] = {each.name: each for each in every_control(self.parts)}
        self.secrets = None if key is None else _entered_secrets(key, self.name, in_drafts=bool(steps))
        check_late(model, self.parts, self.is_late)

    def bind(
        self,
        data: Data | None = None,
        locale: str | None = "nb",
        *,
        files: Data | None = None,
        initial: Data | Model | None = None,
        given: Mapping[str, object] | None = None,
        context: object = None,
        draft: Mapping[str, object] | None = None,
        step: str | None = None,
    ) -> Bound[Model]:
        """Bind the form to data, and return it with the value or the errors, and the HTML.

        The model's default replaces blank text, but not a missing choice or an unchecked box, which may be deliberate. The
        buttons of a list submit the form too, to add or remove a row; it then counts as one that is not submitted yet.

        Args:
            data: The submitted data: a mapping or the multi-dictionary of a web framework. Names that are not the form's are
                ignored. ``None`` for a form that is not submitted yet, which has no errors.
            locale: A locale name or an Accept-Language header.
            files: The files, where the framework has them apart: Flask's ``request.files``, Django's ``request.FILES``.
            initial: The values before that: an instance of the model, a mapping, a multi-dictionary, or the ``draft`` of a form
                without steps. Defaults replace missing ones. What a field accepts is shown in its written form.
            given: Values of fields that the form leaves out, or that may be left empty because they are stored; of a file its
                name is enough. Names here and in ``initial`` are field names or aliases, nested as the model is.
            context: pydantic's validation context, which validators read as ``info.context``.
            draft: The ``draft`` of a form with steps, as it was kept. What does not fit the form is ignored.
            step: The step to show, by name; the first that is not completed replaces one that cannot be shown yet.

        Raises:
            TypeError: A control cannot show an initial value of its type, or there is a draft or a step without ``steps``.
            ValueError: An initial value is none of its control's choices, or has no written form. No message has the value.
        """
        sent = data if data is None or files is None else WithFiles(data, files)
        return self._bound(sent, negotiate(locale, catalogs=self.catalogs), initial, given, context, draft, step)

    def _bound(
        self,
        data: Data | None,
        language: str,
        initial: Data | Model | None,
        given: Mapping[str, object] | None,
        context: object,
        draft: Mapping[str, object] | None,
        step: str | None,
    ) -> Bound[Model]:
        stored = dict(initial) if isinstance(initial, BaseModel) else initial or {}
        arguments = (data, language, stored, by_key(self.model, given or {}), context)
        if self.steps:
            return SteppedBound(self, *arguments, draft=draft, step=step)
        if draft is not None or step is not None:
            raise TypeError(f"{self.name} has no steps: a draft of it is passed as initial=…")
        return Bound(self, *arguments)

    def receipt(
        self, value: Model, locale: str | None = "nb", *, reference: str = "", sent_at: datetime.datetime | None = None
    ) -> Markup:
        """Return a receipt of a value as HTML, such as one that is stored; see :meth:`nofields.forms.Bound.receipt`.

        Args:
            value: The model's instance.
            locale: A locale name or an Accept-Language header.
            reference: What the host calls the submission, for the user to keep.
            sent_at: When it was sent, in the time zone of the user: it is shown as it is, without its zone.
        """
        bound = Bound(self, None, negotiate(locale, catalogs=self.catalogs), dict(value), {})
        return bound.receipt(reference, sent_at)

    def is_late(self, control: Control) -> bool:
        """Return whether a secret or a file is asked for after the last step, because no draft keeps it."""
        if not self.steps or control.read_only:
            return False
        is_sealed = self.secrets is not None and control.can_be_sealed
        return bool(control.files) or (control.holds_secret and not is_sealed)

    @cached_property
    def of_a_question(self) -> Form[Model]:
        """The form as a browser asks about one field that it shows, with the values of no other step."""
        form = copy.copy(self)
        form.steps, form.parts = (), parts_of_a_question(self.parts)
        return form


def _names(names: Collection[str]) -> Collection[str]:
    return [names] if isinstance(names, str) else names


def _entered_secrets(key: bytes, name: str, in_drafts: bool) -> EnteredSecrets:
    from nofields.forms.entries.entered_secrets import EnteredSecrets

    return EnteredSecrets(key, name, in_drafts)
