"""Types of fields, without what is around them."""

from __future__ import annotations

import types
from collections.abc import Sequence
from typing import Annotated, Literal, NewType, TypeGuard, Union, get_args, get_origin

from pydantic import BaseModel, RootModel

_LISTS = (list, set, frozenset, tuple, Sequence)


def item_type(annotation: object) -> object | None:
    """Return the type of the items of a list, a set, or a tuple of any length; ``None`` for every other type.

    >>> item_type(list[int]), item_type(tuple[int, ...]), item_type(tuple[int, int])
    (<class 'int'>, <class 'int'>, None)
    """
    arguments = get_args(annotation)
    if get_origin(annotation) not in _LISTS or not arguments:
        return None
    if get_origin(annotation) is tuple and arguments[1:] != (...,):
        return None
    item: object = arguments[0]
    return item


def is_model(annotation: object) -> TypeGuard[type[BaseModel]]:
    """Return whether a type is a model with fields, which a ``RootModel`` is not."""
    return isinstance(annotation, type) and issubclass(annotation, BaseModel) and not issubclass(annotation, RootModel)


def unwrapped_type(annotation: object) -> tuple[object, bool, tuple[object, ...]]:
    """Return an annotation without ``Annotated`` and ``| None``, whether it had ``| None``, and the metadata, outer first."""
    if get_origin(annotation) is Annotated:
        inner, nullable, metadata = unwrapped_type(get_args(annotation)[0])
        return inner, nullable, (*reversed(get_args(annotation)[1:]), *metadata)
    if get_origin(annotation) in (Union, types.UnionType):
        branches = [each for each in get_args(annotation) if each is not types.NoneType]
        nullable = len(branches) < len(get_args(annotation))
        if nullable and len(branches) > 1:
            return Union[tuple(branches)], True, ()  # noqa: UP007 - made of branches that are known only now
        if nullable:
            inner, _, metadata = unwrapped_type(branches[0])
            return inner, True, metadata
    if hasattr(annotation, "__value__") and not isinstance(annotation, type):  # an alias of typing or typing_extensions
        return unwrapped_type(annotation.__value__)
    if isinstance(annotation, NewType):
        return unwrapped_type(annotation.__supertype__)
    if get_origin(annotation) is Literal:
        return annotation, None in get_args(annotation), ()
    return annotation, False, ()


def union_of(annotation: object) -> tuple[object, ...]:
    """Return the branches of a union, or nothing for every other type."""
    return get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else ()


def model_title(annotation: object) -> str:
    """Return the title that a model has in its configuration; empty for every other type."""
    return getattr(annotation, "model_config", {}).get("title") or ""
