"""The documented keys."""

from __future__ import annotations

from enum import auto

from nofields.keys.base import KeyEnum


class Key(KeyEnum):
    """The documented keys, in the order of ``locales/documented.nb.json``, their source.

    >>> Key("SSN_ERROR"), Key.SSN_ERROR == "SSN_ERROR", Key.MODAL_CLOSE.is_error
    (<Key.SSN_ERROR: 'SSN_ERROR'>, True, False)
    """

    EMAIL_FIELD_ERROR = auto()
    CHECKBOX_ERROR = auto()
    CHECKBOX_GROUP_ERROR = auto()
    DROPDOWN_ERROR = auto()
    DATE_TO_FROM_ERROR = auto()
    RADIO_ERROR = auto()
    POSTAL_CODE_ERROR = auto()
    TEXT_FIELD_ERROR = auto()
    TEXT_FIELD_CONTENTS_ERROR = auto()
    ACCOUNT_FIELD_ERROR = auto()
    ORGANISATION_FIELD_ERROR = auto()
    SSN_ERROR = auto()
    PHONE_ERROR = auto()
    MOBILE_PHONE_NO_ERROR = auto()
    SEARCH_ALLE = auto()
    MORE_INFO = auto()
    RESULT_TYPE_BANK = auto()
    RESULT_TYPE_ADVISOR = auto()
    VIEW_IN_MAP = auto()
    BEFORE_COUNT_TEXT = auto()
    AFTER_COUNT_TEXT = auto()
    AFTER_COUNT_TEXT_PLURAL = auto()
    MINE_OPPGAVER_LINK_TEXT = auto()
    MINE_OPPGAVER_CLOSE_TEXT = auto()
    MINE_OPPGAVER_COUNT_TEXT = auto()
    FORM_ERROR_LABEL = auto()
    FORM_SUCCESS_LABEL = auto()
    TEXT_FIELD_LENGTH_ERROR = auto()
    TEXTAREA_FIELD_LENGTH_ERROR = auto()
    NUMBER_ERROR = auto()
    SEC_BLOCKER_DROPDOWN_DEFAULT = auto()
    GLOBAL_SEARCH_NO_RESULT_TEXT = auto()
    GLOBAL_SEARCH_FACET_LABEL = auto()
    MODAL_CLOSE = auto()
    SEND_TO_BANK_BEFORE_INFO_TEXT = auto()
    SEND_TO_BANK_AFTER_INFO_TEXT = auto()
    SEND_TO_BANK_NEXT_BUTTON_TEXT = auto()
    SEND_TO_BANK_CANCEL_BUTTON_TEXT = auto()
    SEND_TO_BANK_NEXT_DISCLAMER_TEXT = auto()

    @property
    def is_error(self) -> bool:
        """Whether the text of this key reports a rejected value."""
        return self.endswith("_ERROR")
