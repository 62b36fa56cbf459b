"""Choices: dropdown, radio buttons, checkboxes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any, ClassVar, Self

from nofields.keys import Key, Phrase
from nofields.rules import WHITE_SPACE, CheckboxRule, ChoiceRule
from nofields.value import Field, Value, made_again


def _texts(choices: Iterable[object]) -> tuple[str, ...]:
    """Choices as texts; raises ``TypeError`` or ``ValueError`` for what nobody could choose."""
    if isinstance(choices, str):
        raise TypeError("choices must be several texts, not one")
    values = [choice.value if isinstance(choice, Enum) else choice for choice in choices]
    if wrong := [value for value in values if not isinstance(value, str | int)]:
        raise TypeError(f"a choice must be a text, not {type(wrong[0]).__name__}")
    texts = tuple(map(str, values))
    if not texts or not all(text.strip(WHITE_SPACE) for text in texts):
        raise ValueError("there must be choices, and none of them blank")
    return texts


class _Choice(Field):
    __slots__ = ()
    #: What forms show in the place of a choice, where the choices were given with labels.
    labels: ClassVar[Mapping[str, str]] = {}

    def __init_subclass__(cls, *, choices: Mapping[Any, str] | Iterable[object] | None = None, **settings: Any) -> None:
        if "several" in settings:
            raise TypeError("there is no setting 'several': CheckboxGroup takes several choices")
        if isinstance(choices, Mapping) and not all(isinstance(label, str) for label in choices.values()):
            raise TypeError("the label of a choice must be a text")
        if choices is not None:
            settings["choices"] = _texts(choices)
            cls.labels = dict(zip(settings["choices"], choices.values())) if isinstance(choices, Mapping) else {}
        super().__init_subclass__(**settings)


class Dropdown(_Choice, Value):
    """A choice in a dropdown (nedtrekksliste). The choices are given by a subclass, with labels where they are a
    mapping (texts, or keys of a catalog, for forms); without them any text is a choice.

    Errors: ``DROPDOWN_ERROR`` with reason ``required`` (nothing chosen), ``choice``, ``type`` or, where any text is a choice,
    ``characters`` (what no keyboard types).

    >>> class Size(Dropdown, choices=["small", "large"]): ...
    >>> Size("small"), Size.problem("huge").message()
    (Size('small'), 'Gjør et valg i nedtrekkslisten.')
    """

    __slots__ = ()
    rule = ChoiceRule(key=Key.DROPDOWN_ERROR)
    schema_format = "no-dropdown"
    label = Phrase.LABEL_DROPDOWN


class Radio(_Choice, Value):
    """A choice among radio buttons (alternativknapper); otherwise as :class:`Dropdown`.

    Errors: ``RADIO_ERROR`` with the reasons of :class:`Dropdown`.

    >>> class Answer(Radio, choices=["yes", "no"]): ...
    >>> Answer("yes"), Answer.problem("").message()
    (Answer('yes'), 'Velg et alternativ.')
    """

    __slots__ = ()
    rule = ChoiceRule(key=Key.RADIO_ERROR)
    schema_format = "no-radio"
    label = Phrase.LABEL_RADIO


class CheckboxGroup(_Choice, tuple[str, ...]):
    """One or more ticks in a group (avkrysningsbokser): the value is a tuple of the choices, each once.

    Errors: ``CHECKBOX_GROUP_ERROR`` with the reasons of :class:`Dropdown`; ``required`` is no tick.

    >>> class Days(CheckboxGroup, choices=["mon", "tue"]): ...
    >>> Days(["tue", "mon", "tue"]), Days.problem([]).message()
    (('tue', 'mon'), 'Velg minst et av alternativene')
    """

    __slots__ = ()
    rule = ChoiceRule(key=Key.CHECKBOX_GROUP_ERROR, several=True)
    schema_format = "no-checkbox-group"
    label = Phrase.LABEL_CHECKBOX_GROUP

    def __new__(cls, value: object) -> Self:
        return cls._take(value)  # type: ignore[no-any-return]

    _new: ClassVar[Callable[[Any, Any], Any]] = tuple.__new__

    def __reduce__(self) -> tuple[Any, ...]:
        return made_again, (tuple, type(self), tuple(self))


class Checkbox(Field):
    """A box that must be ticked (avkrysningsboks): the value is ``True``. Browsers send ``on`` for a tick.

    Errors: ``CHECKBOX_ERROR`` with reason ``required`` (no tick), ``choice``, ``format`` (long text) or ``type``.

    >>> Checkbox("on"), Checkbox.problem(None).message()
    (True, 'Du må krysse av i boksen.')
    """

    __slots__ = ()
    rule = CheckboxRule(key=Key.CHECKBOX_ERROR)
    schema_format = "no-checkbox"
    label = Phrase.LABEL_CHECKBOX

    def __new__(cls, value: object) -> Any:
        return cls._take(value)
