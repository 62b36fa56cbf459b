"""Read the parts of a form from a pydantic model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from nofields.ask import name_text
from nofields.forms.model.from_ask import check_order, with_condition
from nofields.forms.model.from_field import Described, control, described, described_item
from nofields.forms.model.from_union import branches, kind_field, tagged_models
from nofields.forms.parts.part import Part
from nofields.forms.parts.parts import Branch, Group, Repeat, Variants
from nofields.forms.types.annotations import is_model, item_type, model_title, union_of, unwrapped_type
from nofields.forms.types.own_widgets import OwnWidget, own_template, reject_widget
from nofields.forms.types.plain import limits, plain_type


class _Scope(NamedTuple):
    """Where a model is in a form: around it, the name of its part, and what the host sets of its fields."""

    around: tuple[type[BaseModel], ...] = ()
    name: str = ""
    without: frozenset[str] = frozenset()
    read_only: frozenset[str] = frozenset()
    all_read_only: bool = False
    widgets: Mapping[str, OwnWidget] = {}

    def of(self, attribute: str, key: str) -> _Scope:
        """Return the scope of a field."""
        name = f"{self.name}.{key}" if self.name else key
        is_fixed = self.all_read_only or not self.read_only.isdisjoint((attribute, key))
        without, read_only = (_inside(names, attribute, key) for names in (self.without, self.read_only))
        return _Scope(self.around, name, without, read_only, is_fixed, self.widgets)


def parts(
    model: type[BaseModel],
    without: Collection[str] = (),
    read_only: Collection[str] = (),
    widgets: Mapping[str, OwnWidget] = {},
) -> tuple[Part, ...]:
    """Return the parts of a form for a model, in the order of its fields.

    Args:
        model: The model.
        without: Fields to leave out, by name or alias; those of a nested model by a dotted name.
        read_only: Fields that cannot be changed, likewise.
        widgets: The project's own widgets by name.

    Raises:
        TypeError: A field has no control; the message names the field.
        ValueError: The model has no field of such a name, or an ``Ask`` has an attribute that the form sets itself.
    """
    return _parts(model, _Scope((), "", frozenset(without), frozenset(read_only), widgets=widgets))


def submitted_names(model: type[BaseModel]) -> dict[str, str]:
    """Return the name under which each field is submitted: its alias if that is a string, else its own."""
    model.model_rebuild()  # resolves annotations with names that were defined after the model
    aliases = {name: _alias(info) for name, info in model.model_fields.items()}
    return {name: alias if isinstance(alias, str) else name for name, alias in aliases.items()}


def _alias(info: FieldInfo) -> object:
    return info.validation_alias or info.alias


def by_key(model: type[BaseModel], values: Mapping[str, object]) -> dict[str, object]:
    """Return values, nested as a model is, by the names under which their fields are submitted."""
    names = submitted_names(model)
    found: dict[str, object] = {}
    for name, value in values.items():
        attribute = next((each for each, key in names.items() if name in (each, key)), "")
        inner = unwrapped_type(model.model_fields[attribute].annotation)[0] if attribute else None
        if isinstance(value, BaseModel) and union_of(inner):
            inner = type(value)
        nested = dict(value) if isinstance(value, BaseModel) else value
        found[names.get(attribute, name)] = by_key(inner, nested) if is_model(inner) and isinstance(nested, Mapping) else value
    return found


def _parts(model: type[BaseModel], scope: _Scope, discriminator: str = "") -> tuple[Part, ...]:
    if not is_model(model):
        raise TypeError(f"{model.__name__}: a form has the fields of a model, and a RootModel has none")
    names = submitted_names(model)
    known = {*names, *names.values()}
    if unknown := {name for name in scope.without | scope.read_only if name.partition(".")[0] not in known}:
        raise ValueError(f"{model.__name__} has no field {min(unknown)!r}")
    if model in scope.around:
        raise TypeError(f"{scope.around[-1].__name__}: a form cannot show {model.__name__} inside itself")
    scope = scope._replace(around=(*scope.around, model))
    found: list[tuple[Described, Part]] = []
    for attribute, key in names.items():
        if scope.without.isdisjoint((attribute, key)) and attribute != discriminator:
            if not isinstance(alias := _alias(model.model_fields[attribute]) or key, str):
                raise TypeError(f"{model.__name__}.{attribute}: a form needs one plain alias, not {type(alias).__name__}")
            inner = scope.of(attribute, key)
            field = described(model, attribute, key, inner.name)
            found.append((field, _part(field, inner)))
    by_name = {name: part for _, part in found for name in (part.attribute, part.key)}
    conditional = [with_condition(part, field.settings, by_name) for field, part in found]
    check_order(model.__name__, conditional)
    return tuple(_with_distinct_labels(conditional))


def _part(field: Described, scope: _Scope) -> Part:
    """Return the part of a field: a control, or one that has parts of its own."""
    template, settings = own_template(field.where, field.settings, scope.widgets)
    asked, field = field.settings.widget, field._replace(settings=settings)
    if is_model(field.annotation):
        reject_widget(field.where, asked, "a group")
        return _group(field, field.annotation, scope)
    if union_of(field.annotation):
        return _variants(field, scope, template)
    item = item_type(field.annotation)
    if item is not None and plain_type(field.annotation, field.metadata, field.settings.widget) is None:
        reject_widget(field.where, asked, "a list")
        return _repeat(field, item, scope)
    found = control(field)
    if scope.without or scope.read_only:
        raise ValueError(f"{field.where} has no fields of its own, such as {min(scope.without | scope.read_only)!r}")
    return replace(found, read_only=scope.all_read_only, template=template)


def _group(field: Described, model: type[BaseModel], scope: _Scope, discriminator: str = "") -> Group:
    return Group(**_common(field, scope), model=model, parts=_parts(model, scope, discriminator))


def _repeat(field: Described, item: object, scope: _Scope) -> Repeat:
    kind = get_origin(field.annotation)
    if field.is_strict and kind in (set, frozenset):
        raise TypeError(f"{field.where}: a form has the rows of a set as a list; set strict=False for it")
    inner = described_item(field, item)
    if inner.annotation is bool:
        raise TypeError(
            f"{field.where}: a row that is not ticked could not be told from a blank one; ask for a list of Literal"
        )
    least, most = limits(field.metadata)
    title = model_title(inner.annotation)
    part = _part(inner, scope)
    name = field.settings.item or inner.own_label or title or ("" if part.label == name_text(part.attribute) else part.label)
    is_tuple = kind is tuple
    return Repeat(**_common(field, scope), item=part, item_label=name, least=least, most=most, is_tuple=is_tuple)


def _variants(field: Described, scope: _Scope, template: str) -> Variants:
    models, discriminator = tagged_models(field)
    kind = kind_field(field, models, discriminator)
    found: list[Branch] = []
    for tags, model in branches(kind, models, discriminator):
        key = next(iter(tags))
        label = next(option.label for option in kind.options if option.value == key)
        part = field._replace(name=f"{field.name}.{key}", key=key)
        group = _group(part, model, scope._replace(name=part.name), discriminator)
        found.append(Branch(tags, replace(group, label=label, hint="", when=None)))
    kind = replace(kind, read_only=scope.all_read_only, template=template)
    return Variants(**_common(field, scope), kind=kind, branches=tuple(found))


def _common(field: Described, scope: _Scope) -> dict[str, Any]:
    """Return what a part with parts of its own has of its field."""
    return {
        "name": field.name,
        "key": field.key,
        "attribute": field.attribute,
        "where": field.where,
        "label": field.own_label or name_text(field.attribute),
        "hint": field.own_hint,
        "required": field.info is None or field.info.is_required(),
        "nullable": field.nullable,
        "read_only": scope.all_read_only,
        "own_label": bool(field.own_label),
        "info": field.info,
    }


def _inside(names: frozenset[str], attribute: str, key: str) -> frozenset[str]:
    """Return the names that begin with a field's, without that."""
    split = (name.partition(".") for name in names)
    return frozenset(rest for first, _, rest in split if rest and first in (attribute, key))


def _with_distinct_labels(parts: Sequence[Part]) -> list[Part]:
    """Return parts, with the names of their fields as labels where several share the label of their type."""
    counts = Counter(each.label for each in parts if isinstance(each.label, str))
    return [
        replace(each, label=name_text(each.attribute))
        if isinstance(each.label, str) and counts[each.label] > 1 and not each.own_label
        else each
        for each in parts
    ]
