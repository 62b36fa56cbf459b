"""Check columns of a Spark DataFrame.

The executors need nofields, numpy and pyarrow. With a DataFrame ``customers`` that has the columns ``orgnr`` and
``account``::

    from nofields import AccountNumber, OrganisationNumber
    from nofields.spark import check

    checked = check(customers, {"orgnr": OrganisationNumber, "account": AccountNumber})
    checked.where("not orgnr_valid").groupBy("orgnr_key", "orgnr_reason").count().show()
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from nofields import synthetic
from nofields.extras import importing
from nofields.rules import DigitRule, Rule
from nofields.value import Field

with importing("spark", __name__):
    import pyarrow as pa
    from pyspark.sql.types import BooleanType, CharType, DataType, DateType, StringType, StructField, StructType, VarcharType

    from nofields import columns

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

#: Texts of limited length, which Spark cannot create from Python; their columns come back as plain strings.
_LIMITED = (VarcharType, CharType)


def check(frame: DataFrame, fields: Mapping[str, type[Field]]) -> DataFrame:
    """Add the result of a check to a DataFrame. As with every transformation, Spark runs it when the result is used.

    The executors use the current ``NOFIELDS_SYNTHETIC`` of this process and ignore their own.

    Args:
        frame: The DataFrame.
        fields: The field types by column name.

    Returns:
        The DataFrame with four more columns at its end for each column ``x`` in ``fields``:

        ========  =======  ============================================================
        x_valid   boolean  whether the value is valid; null for nulls
        x_key     string   the key of its message; null for valid values and nulls
        x_reason  string   why it is invalid, one of :class:`nofields.Reason`; likewise
        x_clean   string   the clean value; null for invalid values and nulls
        ========  =======  ============================================================

        The clean value of a date is a ``date``.

    Raises:
        ValueError: A column does not exist, or two columns would have the same name.
        TypeError: A column does not hold texts (numbers have lost their leading zeros), or a field is not one text.
    """
    rules = [(_index(frame.schema, name), _with_policy(field.rule)) for name, field in fields.items()]
    new = [column for name, field in fields.items() for column in _new(name, field)]
    schema = StructType([*map(_returned, frame.schema.fields), *new])
    _check_unique(schema.names, case_sensitive=frame.sparkSession.conf.get("spark.sql.caseSensitive") == "true")
    # mapInArrow finds columns by name and fails for names with a dot.
    numbered = frame.toDF(*(f"c{index}" for index in range(len(frame.columns))))
    return numbered.mapInArrow(_Checker(rules, schema.names), schema)


@dataclasses.dataclass(frozen=True)
class _Checker:
    """Check batches in a Python worker of an executor.

    It is pickled with the rules, not with the field types, since executors cannot import a type defined in a notebook.

    Attributes:
        rules: The index of each column to check, and the rule of its field.
        names: The names of the columns returned.
    """

    rules: list[tuple[int, Rule]]
    names: list[str]

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        fields = [(index, type("Unpickled", (Field,), {"rule": rule})) for index, rule in self.rules]
        for batch in batches:
            new = [array for index, field in fields for array in _results(field, batch.column(index))]
            yield pa.RecordBatch.from_arrays([*batch.columns, *new], self.names)


def _results(field: type[Field], column: pa.Array) -> list[pa.Array]:
    """The four new columns of a column, with texts in its own layout."""
    checked, text = columns.check(field, column, threads=1), column.type
    clean = checked.clean()
    return [
        checked.valid,
        checked.keys.cast(text),
        checked.reasons.cast(text),
        clean if pa.types.is_date(clean.type) else clean.cast(text),
    ]


def _with_policy(rule: Rule) -> Rule:
    """The rule with the kinds that it accepts under the current NOFIELDS_SYNTHETIC."""
    if isinstance(rule, DigitRule):
        return dataclasses.replace(rule, accept=synthetic.accepted(rule)) if synthetic.depends(rule) else rule
    parts = {part.name: getattr(rule, part.name) for part in dataclasses.fields(rule)}
    changed: dict[str, Any] = {name: _with_policy(part) for name, part in parts.items() if isinstance(part, DigitRule)}
    return dataclasses.replace(rule, **changed)


def _index(schema: StructType, name: str) -> int:
    """The index of a column; raises if it cannot be checked."""
    if name not in schema.names:
        raise ValueError(f"no column {name!r}; there is {', '.join(map(repr, schema.names))}")
    kind = schema[name].dataType
    if not isinstance(kind, (StringType, *_LIMITED)):
        raise TypeError(
            f"the column {name!r} is {kind.simpleString()} and cannot be checked: it must hold texts. Numbers have lost "
            "their leading zeros: 0357 is a postal code, 357 is none."
        )
    return schema.names.index(name)


def _returned(column: StructField) -> StructField:
    limited = isinstance(column.dataType, _LIMITED)
    return StructField(column.name, StringType(), column.nullable, column.metadata) if limited else column


def _new(name: str, field: type[Field]) -> list[StructField]:
    """The columns that a field adds; raises ``TypeError`` if it cannot be checked in columns."""
    dated = pa.types.is_date(columns.check(field, pa.array([], pa.utf8())).clean().type)
    kinds: dict[str, DataType] = {
        "valid": BooleanType(),
        "key": StringType(),
        "reason": StringType(),
        "clean": DateType() if dated else StringType(),
    }
    return [StructField(f"{name}_{end}", kind) for end, kind in kinds.items()]


def _check_unique(names: list[str], *, case_sensitive: bool) -> None:
    """Raise ``ValueError`` if two columns would have the same name."""
    seen = set()
    for name in names:
        key = name if case_sensitive else name.lower()
        if key in seen:
            raise ValueError(f"two columns would be called {name!r}: rename one, or drop it")
        seen.add(key)
