"""``Form``, a form for a pydantic model."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Generic

from markupsafe import Markup
from pydantic import BaseModel

from nofields.catalogs import PROCESS_WIDE, Catalogs
from nofields.forms.bound import Bound, Model
from nofields.forms.checked_parts import checked
from nofields.forms.controls import Control
from nofields.forms.from_model import by_key, parts
from nofields.forms.parts import every_control
from nofields.forms.stepped import SteppedBound
from nofields.forms.steps import Steps, check_late, form_steps, parts_in_steps, parts_of_a_question
from nofields.forms.submitted import Data
from nofields.forms.validation import incomplete
from nofields.languages import negotiate

if TYPE_CHECKING:
    from nofields.forms.entered_secrets import EnteredSecrets


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
        key: 32 bytes or more, the same for all processes that serve the form. With it a rejected form keeps the right
            national identity numbers that were entered, encrypted, for an hour; without it they are entered again.
        steps: The steps of a form that is shown one at a time: the fields of each by its name, or a
            :class:`nofields.forms.Step`. After the last all answers are shown, to be sent. Every field is in one step; one of
            which no field applies is left out. Drafts keep secrets encrypted for a month with ``key``. Those that cannot be
            kept are asked for beside the answers: all of them without ``key``, passwords, and secrets that may be left empty.
        step_url: The address of a step, with its name for ``{step}``, to which the links to change an answer lead.

    Raises:
        TypeError: A field has no control, such as a dictionary. The message names the field.
        ValueError: The model has no field of a name in ``without`` or ``read_only``, ``key`` is too short, or ``steps``
            do not name every field once.
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
        key: bytes | None = None,
        steps: Steps | None = None,
        step_url: str = "?step={step}",
    ) -> None:
        self.model = model
        self.catalogs = catalogs
        self.name = name or model.__name__
        self.prefix = prefix
        self.step_url = step_url
        own = parts(model, *map(_names, (without, read_only)))
        self.steps = form_steps(model, own, steps) if steps else ()
        self.parts = parts_in_steps(model, own, self.steps) if steps else checked(model, own)
        self.incomplete = incomplete(model) if steps else model
        self.controls: Mapping[str, Control] = {each.name: each for each in every_control(self.parts)}
        self.secrets = None if key is None else _entered_secrets(key, self.name, in_drafts=bool(steps))
        check_late(model, self.parts, self.is_late)

    def bind(
        self,
        data: Data | None = None,
        locale: str | None = "nb",
        *,
        initial: Data | Model | None = None,
        given: Mapping[str, object] | None = None,
        context: object = None,
        draft: Mapping[str, object] | None = None,
        step: str | None = None,
    ) -> Bound[Model]:
        """Bind the form to data.

        In a submitted form the model's default replaces blank text, but not a missing choice or an unchecked box,
        which may be deliberate. The buttons of a list submit the form too, which then counts as not submitted yet.

        Args:
            data: The submitted data: a mapping or the multi-dictionary of a web framework, of which names that are not the
                form's are ignored. ``None`` for a form that is not submitted yet, which has no errors.
            locale: A locale name or an Accept-Language header.
            initial: The values before anything is submitted: an instance of the model, a mapping, or the ``draft`` of a form
                without steps. Defaults replace missing ones. What a field accepts is shown in its written form.
            given: Values of fields that the form leaves out, or that may be left empty because they are stored.
                Names in ``initial`` and ``given`` are field names or aliases; both may be nested as the model is.
            context: pydantic's validation context, which validators read as ``info.context``.
            draft: The ``draft`` of a form with steps, as it was kept. What does not fit the form is ignored.
            step: The step to show, by name; the first that is not completed replaces one that cannot be shown yet.

        Returns:
            The form with its data: the value or the errors, and the HTML.

        Raises:
            TypeError: A control cannot show an initial value of its type, or there is a draft or a step without ``steps``.
            ValueError: An initial value is none of its control's choices, or has no written form. No message has the value.
        """
        initial = dict(initial) if isinstance(initial, BaseModel) else initial or {}
        arguments = (data, negotiate(locale, catalogs=self.catalogs), initial, by_key(self.model, given or {}), context)
        if not self.steps and (draft is not None or step is not None):
            raise TypeError(f"{self.name} has no steps: a draft of it is passed as initial=…")
        return SteppedBound(self, *arguments, draft=draft, step=step) if self.steps else Bound(self, *arguments)

    def receipt(
        self, value: Model, locale: str | None = "nb", *, reference: str = "", sent_at: datetime.datetime | None = None
    ) -> Markup:
        """Return a receipt of a value as HTML, such as one that is stored; see :meth:`Bound.receipt`.

        Args:
            value: The model's instance.
            locale: A locale name or an Accept-Language header.
            reference: What the host calls the submission, for the user to keep.
            sent_at: When it was sent.
        """
        bound = Bound(self, None, negotiate(locale, catalogs=self.catalogs), dict(value), {})
        return bound.receipt(reference, sent_at)

    def is_late(self, control: Control) -> bool:
        """Return whether a secret is asked for after the last step, because no draft keeps it."""
        is_kept = self.secrets is not None and self.secrets.keeps(control)
        return bool(self.steps) and control.holds_secret and not control.read_only and not is_kept

    @cached_property
    def of_a_question(self) -> Form[Model]:
        """The form as a browser asks about one field that it shows, with the values of no other step."""
        form = copy.copy(self)
        form.steps, form.parts = (), parts_of_a_question(self.parts)
        return form


def _names(names: Collection[str]) -> Collection[str]:
    return [names] if isinstance(names, str) else names


def _entered_secrets(key: bytes, name: str, in_drafts: bool) -> EnteredSecrets:
    from nofields.forms.entered_secrets import EnteredSecrets

    return EnteredSecrets(key, name, in_drafts)
