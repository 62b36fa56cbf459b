"""``Form``, a form for a pydantic model."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Generic

from pydantic import BaseModel

from nofields.catalogs import PROCESS_WIDE, Catalogs
from nofields.forms.bound import Bound, Model
from nofields.forms.checked_parts import checked
from nofields.forms.controls import Control
from nofields.forms.from_model import by_key, parts
from nofields.forms.ids import check_ids
from nofields.forms.own_widgets import OwnWidget, registered
from nofields.forms.parts import every_control
from nofields.forms.render import TemplateSource
from nofields.forms.render import templates as own_templates
from nofields.forms.sent_data import WithFiles
from nofields.forms.submitted import Data
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
        templates: Folders or loaders of Jinja with the project's own templates. One with the name of one of nofields', such as
            ``nofields/form.html``, is used in its place.
        widgets: The project's own widgets by the name that ``Ask(widget=...)`` gives: each the name of a template, or an
            :class:`OwnWidget`.
        key: 32 bytes or more, the same for all processes that serve the form. With it a rejected form keeps the right
            national identity numbers that were entered, encrypted, for an hour; without it they are entered again.

    Raises:
        TypeError: A field has no control, such as a dictionary, or an unknown widget. The message names the field.
        ValueError: The model has no field of a name in ``without`` or ``read_only``, or ``key`` is too short, or
            there is no such folder of templates, or a widget has the name of one of nofields', or two fields have
            the same name.
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
    ) -> None:
        self.model = model
        self.catalogs = catalogs
        self.name = name or model.__name__
        self.prefix = prefix
        self.templates = own_templates(templates)
        self.parts = checked(model, parts(model, _names(without), _names(read_only), registered(widgets)))
        check_ids(self.parts)
        self.controls: Mapping[str, Control] = {each.name: each for each in every_control(self.parts)}
        self.secrets = None if key is None else _entered_secrets(key, self.name)

    def bind(
        self,
        data: Data | None = None,
        locale: str | None = "nb",
        *,
        files: Data | None = None,
        initial: Data | Model | None = None,
        given: Mapping[str, object] | None = None,
        context: object = None,
    ) -> Bound[Model]:
        """Bind the form to data.

        In a submitted form the model's default replaces blank text, but not a missing choice or an unchecked box,
        which may be deliberate. The buttons of a list submit the form too, to add or remove a row; it is then bound
        as one that is not submitted yet, with what was entered.

        Args:
            data: The submitted data: a mapping or the multi-dictionary of a web framework. Names that are not
                the form's are ignored. ``None`` for a form that is not submitted yet, which has no errors.
            locale: A locale name or an Accept-Language header.
            files: The files, where the framework has them apart: Flask's ``request.files``, Django's ``request.FILES``.
            initial: The values of a form that is not submitted yet: an instance of the model, a mapping, a
                multi-dictionary, or the ``draft`` of a form; the model's defaults replace missing ones. A value is shown
                in its written form, a text that its field rejects as it is.
            given: Values of fields that the form leaves out, or that may be left empty because they are stored. Of a
                file that may be left empty its name is enough.
                Names in ``initial`` and ``given`` are field names or aliases; both may be nested as the model is.
            context: pydantic's validation context, which validators read as ``info.context``.

        Returns:
            The form with its data: the value or the errors, and the HTML.

        Raises:
            TypeError: A control cannot show an initial value of its type. The message names the field, not the value.
            ValueError: An initial value is none of the choices of its control, or has no written form; likewise.
        """
        values = by_key(self.model, given or {})
        initial = dict(initial) if isinstance(initial, BaseModel) else initial or {}
        data = data if data is None or files is None else WithFiles(data, files)
        return Bound(self, data, negotiate(locale, catalogs=self.catalogs), initial, values, context)


def _names(names: Collection[str]) -> Collection[str]:
    return [names] if isinstance(names, str) else names


def _entered_secrets(key: bytes, name: str) -> EnteredSecrets:
    from nofields.forms.entered_secrets import EnteredSecrets

    return EnteredSecrets(key, name)
