"""What becomes of a phone number's class by the class arguments that widen it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from nofields.keys import FieldKey, Key, OwnKey, Phrase
from nofields.rules import AnyPhoneRule

if TYPE_CHECKING:
    from nofields.fields.phone import PhoneNumber


class _Texts(NamedTuple):
    """What a class has instead of the attributes of its base: a field of its own for sentences, if any, and what forms show.

    Unless a project's class sets an attribute itself.
    """

    sentences: str
    hint: Phrase
    schema_format: str
    autocomplete: str = "tel-national"


_PHONE = _Texts("", Phrase.HINT_PHONE_NUMBER, "no-phone-number")
_MOBILE = _Texts("", Phrase.HINT_MOBILE_PHONE_NUMBER, "no-mobile-phone-number")
_SHORT = _Texts("short_phone", Phrase.HINT_SHORT_PHONE_NUMBER, "no-phone-number")
_FOREIGN = _Texts("foreign_phone", Phrase.HINT_FOREIGN_PHONE_NUMBER, "phone-number", "tel")
_FOREIGN_MOBILE = _Texts("foreign_mobile", Phrase.HINT_FOREIGN_MOBILE_PHONE_NUMBER, "mobile-phone-number", "tel")
_ALL = (_PHONE, _MOBILE, _SHORT, _FOREIGN, _FOREIGN_MOBILE)
#: The documented keys, whose texts speak of eight digits.
_DOCUMENTED = (Key.PHONE_ERROR, Key.MOBILE_PHONE_NO_ERROR)


def widen(field: type[PhoneNumber], arguments: Mapping[str, bool]) -> None:
    """Give a class, while it is defined, the rule and the attributes of a wider field than its base.

    Args:
        field: The class.
        arguments: Those of its class arguments that are settings of :class:`~nofields.rules.AnyPhoneRule` alone.
    """
    rule = field.rule
    # Without the defaults, which are others in the wider rule.
    settings = {each.name: (getattr(rule, each.name), each.default) for each in dataclasses.fields(rule)}
    kept = {name: value for name, (value, default) in settings.items() if value != default}
    texts = _texts(**{"mobile_only": False, "foreign": False, "short": False, **kept, **arguments})
    field.rule = AnyPhoneRule(**{**kept, "key": _key(rule.key, texts.sentences)})
    for name in ("hint", "schema_format", "autocomplete"):
        if name not in vars(field) and getattr(field, name) in {getattr(each, name) for each in _ALL}:
            setattr(field, name, getattr(texts, name))


def _texts(*, mobile_only: bool, foreign: bool, short: bool, **others: object) -> _Texts:
    if foreign:
        return _FOREIGN_MOBILE if mobile_only else _FOREIGN
    if mobile_only:
        return _MOBILE
    return _SHORT if short else _PHONE


def _key(key: str, sentences: str) -> str:
    """Return the key with the sentences of a field; a project's own keeps its name, another documented one its texts."""
    replaced = key.replaced if type(key) is OwnKey else key
    if replaced not in _DOCUMENTED:
        return key
    documented = FieldKey(replaced, sentences) if sentences else Key(str(replaced))
    return OwnKey(key, documented) if type(key) is OwnKey else documented
