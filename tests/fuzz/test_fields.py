"""Any value, by itself or through pydantic, is accepted, or rejected with the documented error."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from helpers.field_texts import FIELDS, near, policies
from helpers.hostile import THINGS
from helpers.values import LANGUAGES, assert_has_texts, policy, verdict
from nofields import Field, Problem, localize
from nofields.fields import ALL


@cache
def adapter(field: type[Field]) -> TypeAdapter[Any]:
    return TypeAdapter(field)


def by_pydantic(field: type[Field], value: object) -> Any:
    """The value that a model would contain, or the errors it would report."""
    try:
        return adapter(field).validate_python(value)
    except ValidationError as error:
        return error


@given(st.sampled_from(sorted({*ALL, *FIELDS}, key=str)), st.data())
def test_fields(field: type[Field], data: st.DataObject) -> None:
    """Constructor, ``is_valid``, ``problem`` and pydantic agree, and a problem has a text in every language."""
    texts = near(field) | st.text(st.characters()) if field in FIELDS else st.text(st.characters())
    value = data.draw(texts | THINGS)
    with policy(data.draw(st.sampled_from(policies(field)))):
        expected, result = verdict(field, value), by_pydantic(field, value)
        if type(expected) is not Problem:
            assert result == expected
            return
        assert isinstance(result, ValidationError)
        assert_has_texts(expected)
        for language in LANGUAGES:
            json.dumps(localize(result, language))
