"""What a form asks for one field of a model: the base of controls, groups, lists and variants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from pydantic.fields import FieldInfo

from nofields.ask import LocalText
from nofields.forms.parts.conditions import Condition


@dataclass(frozen=True, kw_only=True)
class Part:
    """What a form asks for one field of a model.

    Attributes:
        name: The name under which it is submitted. That of a part of another begins with the other's: ``address.street``.
        key: Its own part of that name: the field's alias, or its name.
        attribute: The field's name in the model.
        where: The model and the field, for messages to its author.
        label: The label.
        hint: The hint.
        required: Whether the field has no default.
        nullable: Whether the field accepts ``None``.
        params: The parameters of label and hint, e.g. ``{"digits": 9}``.
        read_only: Whether the value is shown as text and cannot be changed.
        own_label: Whether the author set a label of the field's own.
        when: The values of other fields with which it applies; ``None`` if it always does.
        info: pydantic's description of the field; ``None`` for the items of a list.
        renamed_from: Its name in ``Form.controls``, if it is in a row, whose index is part of ``name``.
    """

    name: str
    key: str
    attribute: str
    where: str
    label: LocalText
    hint: LocalText
    required: bool
    nullable: bool
    params: Mapping[str, object] = field(default_factory=dict)
    read_only: bool = False
    own_label: bool = False
    when: Condition | None = None
    info: FieldInfo | None = None
    renamed_from: str = ""

    def named(self, name: str) -> Self:
        """Return the part with another name, such as one with the index of a row."""
        return self if self.name == name else replace(self, name=name, renamed_from=self.name_in_form)

    @property
    def name_in_form(self) -> str:
        """The name without the indexes of rows."""
        return self.renamed_from or self.name

    @property
    def is_demanded(self) -> bool:
        """Whether the form requires it where it applies, though the model does not."""
        return self.when is not None and not self.when.optional

    @property
    def may_be_left_out(self) -> bool:
        """Whether the model does not need a value."""
        return (self.nullable or not self.required) and not self.is_demanded

    def default(self) -> object:
        """Return the default of the field, or ``None`` if it has none that can be shown."""
        info = self.info
        if info is None or info.is_required() or info.default_factory_takes_validated_data:
            return None
        return info.get_default(call_default_factory=True)
