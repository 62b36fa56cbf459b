"""Fields in the factories of polyfactory."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from nofields.generate.any_field import instance
from nofields.value import Field, subclasses


class NorwegianFields:
    """A mixin for factories of models with fields of nofields, your own subclasses among them.

    The factory's seed decides the values. People are synthetic, and valid where ``NOFIELDS_SYNTHETIC`` is ``accept`` or
    ``only``; organisations are of a series that it accepts.

    >>> from polyfactory.factories.pydantic_factory import ModelFactory
    >>> from pydantic import create_model
    >>> from nofields import AccountNumber, PostalCode
    >>> Supplier = create_model("Supplier", account=(AccountNumber, ...), postal_code=(PostalCode, ...))
    >>> class SupplierFactory(NorwegianFields, ModelFactory[Supplier]): ...
    >>> SupplierFactory.seed_random(1)
    >>> SupplierFactory.build()
    Supplier(account=AccountNumber('50226099465'), postal_code=PostalCode('1739'))
    """

    @classmethod
    def get_provider_map(cls) -> dict[Any, Callable[[], Any]]:
        """Return what makes values, by type."""
        factory: Any = super()
        choose = cls.__random__.randint  # type: ignore[attr-defined]
        fields = {field: partial(instance, field, choose) for field in subclasses(Field) if hasattr(field, "rule")}
        return {**factory.get_provider_map(), **fields}
