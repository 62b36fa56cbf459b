"""What a model checks of a form's fields beyond the rules of their types: constraints, and validators of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import takewhile
from types import FunctionType
from typing import NamedTuple

from pydantic import BaseModel

from nofields.ask import marks_of
from nofields.schema_paths import shape
from nofields.schema_steps import Schema, nested, unwrapped
from nofields.value import Field

#: Schemas around that of a field type which neither change a value nor reject one.
_INERT = frozenset({"default", "nullable", "definitions", "definition-ref"})
#: Schemas which check a value after those inside have read it.
_AFTER = frozenset({"function-after", "chain"})


class Asks(StrEnum):
    """What a browser has to ask the server before it says that a value is valid."""

    NOTHING = ""
    VALUE = "value"  # whether this value is valid
    FORM = "form"  # whether it is valid beside the other values of the form
    SUBMIT = "submit"  # nothing: only the submitted form has all values that decide


@dataclass(frozen=True)
class OwnChecks:
    """What a model checks of one field beyond the rule of its type.

    Attributes:
        of_value: Whether a constraint or a validator checks the field's value.
        before: Whether one of them, or one of the model's, reads the value before the rule, and may change it.
        of_model: Whether the model as a whole has validators.
        siblings: The names of the other fields whose values the validators may read.
        deciders: The names of the other fields whose values decide whether the form asks for the field.
    """

    of_value: bool = False
    before: bool = False
    of_model: bool = False
    siblings: frozenset[str] = frozenset()
    deciders: frozenset[str] = frozenset()

    def within(self, around: OwnChecks) -> OwnChecks:
        """Return the checks of a field in a part of the form that is checked as a whole."""
        found = replace(self, deciders=self.deciders | around.deciders) if around.deciders else self
        if not around.of_model and not around.siblings:
            return found
        return replace(
            found,
            before=self.before or around.before,
            of_model=self.of_model or around.of_model,
            siblings=self.siblings | around.siblings,
        )

    def asks(self, unsent: Collection[str], knows_rule: bool = False) -> Asks:
        """Return what a browser has to ask the server.

        Args:
            unsent: Names of fields whose values the browser does not have, or does not send with a question.
            knows_rule: Whether the browser knows the rule of the field's type.
        """
        deciders = frozenset() if self.checks_nothing and knows_rule else self.deciders
        if not (self.siblings | deciders).isdisjoint(unsent):
            return Asks.SUBMIT
        if self.siblings or self.of_model or deciders:
            return Asks.FORM
        return Asks.VALUE if self.of_value else Asks.NOTHING

    @property
    def checks_nothing(self) -> bool:
        """Whether the rule of the type alone decides about a value."""
        return not (self.siblings or self.of_model or self.of_value)


#: Those of a field that only its rule checks.
NO_CHECKS = OwnChecks()


class _Found(NamedTuple):
    """Whether there are checks, and whether they come before the rule and read other fields."""

    any: bool
    before: bool
    reads_others: bool = False


def own_checks(
    model: type[BaseModel],
    names: Mapping[str, str],
    types: Mapping[str, type[Field] | None],
    unsent: Collection[str] = (),
) -> dict[str, OwnChecks]:
    """Return what a model checks of its fields beyond the rules of their types.

    Args:
        model: The model.
        names: The name under which each field is submitted, in the order of the model.
        types: The field types by the model's name of the field.
        unsent: The names of fields whose values a browser never sends with a question.

    Returns:
        The checks of each field in ``types``.
    """
    known = shape(model)
    around = [*unwrapped(known.schemas, known.definitions)]
    place = next(number for number, each in enumerate(around) if each["type"] == "model-fields")
    of_model = _of_model(around[:place])
    submitted = list(names.values())
    lacking = any(model.model_fields[name].is_required() for name, sent in names.items() if sent in unsent)
    every = of_model.any and (of_model.before or not lacking)  # what comes after the fields needs all required ones
    found: dict[str, OwnChecks] = {}
    for number, name in enumerate(names):
        if name in types:
            own = _of_field([*unwrapped([around[place]["fields"][name]["schema"]], known.definitions)], types[name])
            others = {*submitted} - {submitted[number]} if every else submitted[:number] if own.reads_others else ()
            found[name] = OwnChecks(
                of_value=own.any or _is_constructed(types[name]),
                before=own.before or of_model.before,
                of_model=of_model.any,
                siblings=frozenset(others),
            )
    return found


def checks_around(model: type[BaseModel], attribute: str, item: type[Field] | None = None) -> OwnChecks:
    """Return what a model checks of a nested model or of a list as a whole, and of the items of a list.

    Args:
        model: The model.
        attribute: The name of the field.
        item: The type of a list's items, if that is one of nofields'.
    """
    known = shape(model)
    fields = next(each for each in unwrapped(known.schemas, known.definitions) if each["type"] == "model-fields")
    schemas = [*unwrapped([fields["fields"][attribute]["schema"]], known.definitions)]
    functions = [*_functions(schemas)]
    items = [each["items_schema"] for each in schemas if isinstance(each.get("items_schema"), Mapping)]
    of_item = _of_field([*unwrapped(items, known.definitions)], item) if items else _Found(False, False)
    return OwnChecks(
        of_value=of_item.any or _is_constructed(item),
        before=of_item.before or any(each["type"] not in _AFTER for each in functions),
        of_model=bool(functions) or of_item.reads_others,
    )


def _of_field(schemas: Sequence[Schema], field_type: type[Field] | None) -> _Found:
    """Return what is around the schema of a field type; that is all if pydantic never reaches the type's own."""
    reads_others = any(each["function"]["type"] == "with-info" for each in _functions(nested(schemas[0])))
    if field_type is None:
        functions = [*_functions(schemas)]
        return _Found(bool(functions), any(each["type"] not in _AFTER for each in functions), reads_others)
    outside = takewhile(lambda schema: field_type not in marks_of(schema), schemas)
    checking = [each for each in outside if each["type"] not in _INERT and not _is_ours(each)]
    return _Found(bool(checking), any(each["type"] not in _AFTER for each in checking), reads_others)


def _of_model(schemas: Sequence[Schema]) -> _Found:
    """Return what is around the schema of a model's fields."""
    functions = [*_functions(schemas)]
    models = [each for each in schemas if each["type"] == "model"]
    before = any(each["type"] not in _AFTER for each in functions) or any(each.get("custom_init") for each in models)
    return _Found(bool(functions) or before or any(each.get("post_init") for each in models), before)


def _functions(schemas: Iterable[Schema]) -> Iterator[Schema]:
    """Yield the schemas of functions that are not nofields'."""
    return (each for each in schemas if each["type"].startswith("function-") and not _is_ours(each))


def _is_ours(schema: Schema) -> bool:
    """Whether a function is that of ``OrNone``, which rejects nothing."""
    function = schema.get("function", {}).get("function")
    return str(getattr(function, "__module__", "")).startswith("nofields.")


def _is_constructed(field_type: type[Field] | None) -> bool:
    """Whether a project's own field type may reject a value as it is constructed."""
    classes = field_type.__mro__ if field_type else ()
    names = ("__new__", "__init__", "__get_pydantic_core_schema__")
    return any(
        isinstance(getattr(vars(each).get(name), "__func__", vars(each).get(name)), FunctionType)
        for each in classes
        if not each.__module__.startswith("nofields.")
        for name in names
    )
