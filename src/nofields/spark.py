"""Checks columns of a Spark DataFrame: billions of values, on as many machines as there are.

With a DataFrame ``customers`` that has ``orgnr`` and ``account`` among its columns, and on a cluster whose executors have
nofields, numpy and pyarrow::

    from nofields import AccountNumber, OrganisationNumber
    from nofields.spark import check

    checked = check(customers, {"orgnr": OrganisationNumber, "account": AccountNumber})
    checked.where("not orgnr_valid").groupBy("orgnr_key", "orgnr_reason").count().show()
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyspark.sql.types import BooleanType, CharType, DataType, DateType, StringType, StructField, StructType, VarcharType

from nofields import columns, synthetic
from nofields.rules import DigitRule, Rule
from nofields.value import Field

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

#: Texts of limited length, which Spark shows as such on request only, and does not take from Python.
_LIMITED = (VarcharType, CharType)


def check(frame: DataFrame, fields: Mapping[str, type[Field]]) -> DataFrame:
    """The frame with four more columns for each column that ``fields`` names; nothing runs before the result is asked for.

    For a column ``x``, in the order of ``fields`` behind the columns that there are:

    ============  =======  ==================================================================
    x_valid       boolean  whether the value is right; null where there is none
    x_key         string   the documented key of what is wrong with it; null where nothing is
    x_reason      string   why, one of :class:`nofields.errors.Reason`; null likewise
    x_clean       string   the clean value, a date for dates; null where there is none or it is wrong
    ============  =======  ==================================================================

    The setting of NOFIELDS_SYNTHETIC that is in force here and now goes along to the executors; theirs has no say.

    Raises ``ValueError`` for a column that is not there, and where two columns would have one name; ``TypeError`` for a
    column of numbers, which have lost their leading zeros, or of anything else but texts, and for fields that are not one
    text.
    """
    rules = [(_place(frame.schema, name), _settled(field.rule)) for name, field in fields.items()]
    new = [column for name, field in fields.items() for column in _new(name, field)]
    schema = StructType([*map(_kept, frame.schema.fields), *new])
    _refuse_names_alike(schema.names, case_sensitive=frame.sparkSession.conf.get("spark.sql.caseSensitive") == "true")
    # By number: mapInArrow looks columns up by name, and fails at a dot in one.
    numbered = frame.toDF(*(f"c{place}" for place in range(len(frame.columns))))
    return numbered.mapInArrow(_Checker(rules, schema.names), schema)


@dataclasses.dataclass(frozen=True)
class _Checker:
    """Checks batch after batch, in a Python worker of an executor.

    Not the field types are sent there but their rules, which are plain data: a type that was made in a notebook need not
    be found, nor rebuilt, on another machine.
    """

    rules: list[tuple[int, Rule]]  #: the place of a column, and the rule that it must keep
    names: list[str]

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        fields = [(place, type("Sent", (Field,), {"rule": rule})) for place, rule in self.rules]
        for batch in batches:
            new = [array for place, field in fields for array in _told(field, batch.column(place))]
            yield pa.RecordBatch.from_arrays([*batch.columns, *new], self.names)


def _told(field: type[Field], column: pa.Array) -> list[pa.Array]:
    """What four columns say of one; texts in the layout that Spark has chosen for it."""
    checked, text = columns.check(field, column), column.type
    clean = checked.clean()
    return [
        checked.valid,
        checked.keys.cast(text),
        checked.reasons.cast(text),
        clean if pa.types.is_date(clean.type) else clean.cast(text),
    ]


def _settled(rule: Rule) -> Rule:
    """The rule, with what it leaves to NOFIELDS_SYNTHETIC settled as this process has it now."""
    if isinstance(rule, DigitRule):
        return dataclasses.replace(rule, accept=synthetic.accepted(rule)) if synthetic.depends(rule) else rule
    parts = {part.name: getattr(rule, part.name) for part in dataclasses.fields(rule)}
    settled: dict[str, Any] = {name: _settled(part) for name, part in parts.items() if isinstance(part, DigitRule)}
    return dataclasses.replace(rule, **settled)


def _place(schema: StructType, name: str) -> int:
    """Where the column of that name is, if it can be checked."""
    if name not in schema.names:
        raise ValueError(f"no column {name!r}; there is {', '.join(map(repr, schema.names))}")
    kind = schema[name].dataType
    if not isinstance(kind, (StringType, *_LIMITED)):
        raise TypeError(
            f"the column {name!r} is {kind.simpleString()} and cannot be checked: it must hold texts. Numbers have lost "
            "their leading zeros: 0357 is a postal code, 357 is none."
        )
    return schema.names.index(name)


def _kept(column: StructField) -> StructField:
    """A column of the frame as it comes back."""
    limited = isinstance(column.dataType, _LIMITED)
    return StructField(column.name, StringType(), column.nullable, column.metadata) if limited else column


def _new(name: str, field: type[Field]) -> list[StructField]:
    """The columns that a field gets; raises ``TypeError`` if it cannot be checked in columns."""
    dated = pa.types.is_date(columns.check(field, pa.array([], pa.utf8())).clean().type)
    kinds: dict[str, DataType] = {
        "valid": BooleanType(),
        "key": StringType(),
        "reason": StringType(),
        "clean": DateType() if dated else StringType(),
    }
    return [StructField(f"{name}_{end}", kind) for end, kind in kinds.items()]


def _refuse_names_alike(names: list[str], *, case_sensitive: bool) -> None:
    """Raises ``ValueError`` if two columns would have one name: Spark and Arrow take one for the other."""
    taken = set()
    for name in names:
        known = name if case_sensitive else name.lower()
        if known in taken:
            raise ValueError(f"two columns would be called {name!r}: rename one, or drop it")
        taken.add(known)
