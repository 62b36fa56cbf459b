"""Choices: dropdowns, radio buttons, checkboxes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, Self, Unpack

from nofields.characters import BLANK
from nofields.check.base import New
from nofields.keys import Key, Phrase
from nofields.rules import CheckboxRule, ChoiceRule
from nofields.value import Field, Value, _unpickle

if TYPE_CHECKING:
    from nofields.fields.arguments import Arguments


def _choices(choices: Iterable[object]) -> tuple[str, ...]:
    """Return the texts of ``choices``.

    Raises:
        TypeError: A choice is no text, whole number or member of an enumeration of them.
        ValueError: There are no choices, or one is blank.
    """
    if isinstance(choices, str):
        raise TypeError("choices must be several texts, not one")
    values = [choice.value if isinstance(choice, Enum) else choice for choice in choices]
    if wrong := [value for value in values if not isinstance(value, str | int)]:
        raise TypeError(f"a choice must be a text, not {type(wrong[0]).__name__}")
    texts = tuple(map(str, values))
    if not texts or not all(text.strip(BLANK) for text in texts):
        raise ValueError("choices must not be empty, and none of them blank")
    return texts


class _Choice(Field):
    __slots__ = ()
    #: What forms show for each choice, if the choices were given as a mapping.
    labels: ClassVar[Mapping[str, str]] = {}

    def __init_subclass__(
        cls, *, choices: Mapping[Any, str] | Iterable[object] | None = None, **given: Unpack[Arguments]
    ) -> None:
        settings: dict[str, Any] = {**given}
        if "several" in settings:
            raise TypeError("unknown class argument 'several': CheckboxGroup accepts several choices")
        if isinstance(choices, Mapping) and not all(isinstance(label, str) for label in choices.values()):
            raise TypeError("the label of a choice must be a text")
        if choices is not None:
            settings["choices"] = _choices(choices)
            cls.labels = dict(zip(settings["choices"], choices.values())) if isinstance(choices, Mapping) else {}
        super().__init_subclass__(**settings)


class Dropdown(_Choice, Value):
    """Choice in a dropdown (*nedtrekksliste*). A subclass names the choices.

    The value is the text of the choice, compared to the letter.

    Class arguments:
        choices: The choices: texts, whole numbers or members of an enumeration; or a mapping from
            them to the labels that forms show, each a text or a key of a catalog.
            Default: ``None``, any text. Example: ``choices={"s": "Small", "l": "Large"}``.

    Errors: ``DROPDOWN_ERROR`` with reason ``required`` (nothing chosen), ``choice``, ``type`` or, without
    ``choices``, ``characters`` (control characters).

    >>> class Size(Dropdown, choices=["small", "large"]): ...
    >>> Size("small"), Size.problem("huge").message()
    (Size('small'), 'Gjør et valg i nedtrekkslisten.')
    """

    __slots__ = ()
    rule: ClassVar[ChoiceRule] = ChoiceRule(key=Key.DROPDOWN_ERROR)
    schema_format = "no-dropdown"
    label = Phrase.LABEL_DROPDOWN


class Radio(_Choice, Value):
    """Choice among radio buttons (*alternativknapper*); otherwise as :class:`Dropdown`.

    Class arguments: those of :class:`Dropdown`.

    Errors: ``RADIO_ERROR`` with the reasons of :class:`Dropdown`.

    >>> class Answer(Radio, choices=["yes", "no"]): ...
    >>> Answer("yes"), Answer.problem("").message()
    (Answer('yes'), 'Velg et alternativ.')
    """

    __slots__ = ()
    rule: ClassVar[ChoiceRule] = ChoiceRule(key=Key.RADIO_ERROR, open=True)
    schema_format = "no-radio"
    label = Phrase.LABEL_RADIO


class CheckboxGroup(_Choice, tuple[str, ...]):
    """One or more ticked boxes of a group (*avkrysningsbokser*).

    Accepts a text, or a list, tuple or set of texts. The value is a tuple of the choices, each once,
    in the order given.

    Class arguments: those of :class:`Dropdown`.

    Errors: ``CHECKBOX_GROUP_ERROR`` with the reasons of :class:`Dropdown`; ``required`` if no box is ticked.

    >>> class Days(CheckboxGroup, choices=["mon", "tue"]): ...
    >>> Days(["tue", "mon", "tue"]), Days.problem([]).message()
    (('tue', 'mon'), 'Velg minst et av alternativene')
    """

    __slots__ = ()
    rule: ClassVar[ChoiceRule] = ChoiceRule(key=Key.CHECKBOX_GROUP_ERROR, several=True)
    schema_format = "no-checkbox-group"
    label = Phrase.LABEL_CHECKBOX_GROUP

    if TYPE_CHECKING:  # as of Value

        def __get__(self, instance: object, owner: object = None) -> Self: ...
        def __set__(self, instance: object, value: Sequence[str] | set[str] | frozenset[str]) -> None: ...

    def __new__(cls, value: object) -> Self:
        return cls._construct(value)  # type: ignore[no-any-return]

    _new: ClassVar[New] = tuple.__new__

    def __reduce__(self) -> tuple[object, ...]:
        return _unpickle, (tuple, type(self), tuple(self))


class Checkbox(Field):
    """Box that must be ticked (*avkrysningsboks*). The value is ``True``.

    Accepts ``True`` and the texts that browsers and programs send for a ticked box, in any case.

    Class arguments:
        checked: The texts that mean ticked, in lower case.
            Default: ``frozenset({"on", "true", "1"})``. Example: ``checked=frozenset({"on", "ja"})``.

    Errors: ``CHECKBOX_ERROR`` with reason ``required`` (not ticked), ``choice``, ``format`` (long text)
    or ``type``.

    >>> Checkbox("on"), Checkbox.problem(None).message()
    (True, 'Du må krysse av i boksen.')
    """

    __slots__ = ()
    rule: ClassVar[CheckboxRule] = CheckboxRule(key=Key.CHECKBOX_ERROR)
    schema_format = "no-checkbox"
    label = Phrase.LABEL_CHECKBOX

    if TYPE_CHECKING:  # as of Value: the attribute of a model is a bool

        def __get__(self, instance: object, owner: object = None) -> bool: ...
        def __set__(self, instance: object, value: bool | str) -> None: ...
        def __init_subclass__(cls, *, key: str = ..., checked: frozenset[str] = ...) -> None: ...

    def __new__(cls, value: object) -> bool:  # type: ignore[misc]
        return cls._construct(value)  # type: ignore[no-any-return]
