"""The keys of nofields' own texts: labels, hints, reasons, headings and sentences."""

from __future__ import annotations

from enum import auto

from nofields.keys.base import KeyEnum


class Phrase(KeyEnum):
    """The keys of nofields' own texts.

    ``#:`` comments are notes to translators, copied to ``locales/nofields.pot`` by ``extract.py``.
    """

    #: The fields' names.
    LABEL_ORGANISATION_NUMBER = auto()
    LABEL_ACCOUNT_NUMBER = auto()
    LABEL_PAYMENT_REFERENCE = auto()
    LABEL_NATIONAL_IDENTITY_NUMBER = auto()
    LABEL_POSTAL_CODE = auto()
    LABEL_PHONE_NUMBER = auto()
    LABEL_MOBILE_PHONE_NUMBER = auto()
    LABEL_DATE = auto()
    LABEL_DATE_RANGE = auto()
    LABEL_ALTINN_PASSWORD = auto()
    LABEL_ALTINN_SYSTEM_ID = auto()
    LABEL_EMAIL_ADDRESS = auto()
    LABEL_TEXT = auto()
    LABEL_TEXT_AREA = auto()
    LABEL_NUMBER = auto()
    LABEL_CHECKBOX = auto()
    LABEL_CHECKBOX_GROUP = auto()
    LABEL_DROPDOWN = auto()
    LABEL_RADIO = auto()
    LABEL_COUNTRY = auto()

    #: How a value is written; stands below the label, before anything is typed.
    HINT_ORGANISATION_NUMBER = auto()
    HINT_ACCOUNT_NUMBER = auto()
    HINT_PAYMENT_REFERENCE = auto()
    HINT_NATIONAL_IDENTITY_NUMBER = auto()
    HINT_POSTAL_CODE = auto()
    HINT_PHONE_NUMBER = auto()
    HINT_MOBILE_PHONE_NUMBER = auto()
    HINT_DATE = auto()
    HINT_DATE_RANGE = auto()
    HINT_ALTINN_PASSWORD = auto()
    HINT_ALTINN_SYSTEM_ID = auto()
    HINT_EMAIL_ADDRESS = auto()
    HINT_NUMBER = auto()

    #: Why a value was rejected and what to check, in full sentences; follows the field's message.
    REASON_REQUIRED = auto()
    #: An empty text where the field may be left out altogether; read by developers.
    REASON_BLANK = auto()
    #: {type} is the name of a Python type, e.g. int: the programmer sent something that is not text.
    REASON_TYPE = auto()
    #: The value has been a number on its way here, such as in a spreadsheet: 974760673.0, 9.74760673E+08.
    REASON_NUMBER = auto()
    REASON_CHARACTERS = auto()
    REASON_LENGTH = auto()
    #: The first digits belong to no series of such numbers.
    REASON_SERIES = auto()
    REASON_DATE = auto()
    #: Check digits: kontrollsifre, kontrollsiffer.
    REASON_CHECK_DIGIT = auto()
    #: A synthetic test number, or a help number, where only real ones are accepted.
    REASON_SYNTHETIC = auto()
    #: A real number in a test environment that accepts only synthetic ones.
    REASON_REAL = auto()
    #: A phone number or a postal code that is not in use.
    REASON_UNASSIGNED = auto()
    #: A phone number, but no mobile number.
    REASON_NOT_MOBILE = auto()
    REASON_COUNTRY = auto()
    REASON_TOO_LONG = auto()
    REASON_ORDER = auto()
    REASON_REQUIREMENTS = auto()
    REASON_FORMAT = auto()
    REASON_CHOICE = auto()
    REASON_OTHER = auto()

    #: Password requirements, shown as a list: each is a full sentence.
    PASSWORD_MIN_LENGTH = auto()
    PASSWORD_MAX_LENGTH = auto()
    PASSWORD_UPPER = auto()
    PASSWORD_LOWER = auto()
    PASSWORD_DIGIT = auto()
    PASSWORD_ONLY_LETTERS_AND_DIGITS = auto()

    #: Labels of facts about a valid value, followed by a colon: "Kind: D-number".
    FACT_VALUE = auto()
    FACT_WRITTEN = auto()
    FACT_KIND = auto()
    FACT_BIRTH_DATE = auto()
    FACT_GENDER = auto()
    FACT_MODULUS = auto()
    FACT_VAT_NUMBER = auto()
    FACT_IBAN = auto()
    FACT_BANK_REGISTER_NUMBER = auto()
    FACT_POSTAL_PLACE = auto()
    FACT_MUNICIPALITY = auto()
    FACT_CATEGORY = auto()
    FACT_INTERNATIONAL = auto()
    FACT_VENDOR = auto()

    #: The verdict on a value, and words among its facts.
    VERDICT_VALID = auto()
    VERDICT_INVALID = auto()
    NOT_TOLD = auto()
    NOT_IN_REGISTER = auto()
    GENDER_FEMALE = auto()
    GENDER_MALE = auto()

    #: Kinds of national identity number and organisation.
    KIND_FNR = auto()
    KIND_DNR = auto()
    KIND_TENOR_FNR = auto()
    KIND_TENOR_DNR = auto()
    #: Health services' H-numbers cannot be distinguished from Nav's synthetic numbers.
    KIND_NAV_FNR = auto()
    #: The D-number among them.
    KIND_NAV_DNR = auto()
    KIND_NHN_FNR = auto()
    KIND_NHN_DNR = auto()
    KIND_BOST = auto()
    KIND_FH = auto()
    KIND_ORGANISATION = auto()
    KIND_SYNTHETIC_ORGANISATION = auto()

    #: Categories of postal code in Bring's register.
    CATEGORY_B = auto()
    CATEGORY_F = auto()
    CATEGORY_G = auto()
    CATEGORY_P = auto()
    CATEGORY_S = auto()

    #: The report on a checked file: its headings and sentences. {file} is a file's name.
    AUDIT_TITLE = auto()
    AUDIT_ROWS = auto()
    AUDIT_ROWS_CLEAN = auto()
    AUDIT_ROWS_REJECTED = auto()
    AUDIT_RAGGED = auto()
    AUDIT_WRONG_VALUES = auto()
    AUDIT_COLUMN = auto()
    AUDIT_FIELD = auto()
    AUDIT_VALUES = auto()
    #: Cells without a value.
    AUDIT_NULLS = auto()
    AUDIT_WRONG = auto()
    AUDIT_SHARE = auto()
    AUDIT_REASON = auto()
    AUDIT_COUNT = auto()
    AUDIT_MESSAGE = auto()
    #: In front of row numbers: "Example rows: 4, 17, 23."
    AUDIT_EXAMPLES = auto()
    AUDIT_NOTHING_WRONG = auto()
    AUDIT_MASKED = auto()

    #: Rows of CSV that have another number of cells than the header, or are misquoted. {found} and {expected} are numbers.
    AUDIT_RAGGED_ROW = auto()
    AUDIT_MISQUOTED_ROW = auto()
    AUDIT_RAGGED_ROWS = auto()

    #: The title of a page with errors. {title} is what it is called without: "Error: Register data system".
    FORM_TITLE_WITH_ERRORS = auto()

    #: Stands above the fields of a form.
    FORM_ALL_REQUIRED = auto()

    #: Stands above the fields of a form; the word for "optional" stands in brackets behind the labels of the others.
    FORM_UNMARKED_REQUIRED = auto()
    FORM_OPTIONAL = auto()

    #: The first line of a dropdown, before a choice is made.
    FORM_CHOOSE = auto()

    #: The two dates of a range, both of them part of it.
    FORM_DATE_FROM = auto()
    FORM_DATE_TO = auto()

    #: A button beside a password.
    FORM_SHOW_PASSWORD = auto()
    FORM_HIDE_PASSWORD = auto()

    #: The hint of a password that is stored already.
    FORM_SECRET_KEPT = auto()

    #: Stands above the list of requirements to a password.
    FORM_REQUIREMENTS = auto()

    #: Read out in front of a requirement to a password: "Met: The password must have at least 7 characters."
    FORM_REQUIREMENT_MET = auto()
    FORM_REQUIREMENT_UNMET = auto()

    #: Read out while a password is typed; {met} and {all} are numbers.
    FORM_REQUIREMENTS_STATUS = auto()

    #: Parts of every page of the Altinn forms.
    ALTINN_SITE = auto()
    ALTINN_SKIP = auto()
    ALTINN_LANGUAGE_CHOICE = auto()
    ALTINN_HOME = auto()

    #: Altinn 2's log-in has closed; the link leads to its replacement.
    ALTINN_CLOSED_TITLE = auto()
    ALTINN_CLOSED = auto()
    #: Follows ALTINN_CLOSED where "Test innlogging" logs in nowhere.
    ALTINN_NO_LOGIN = auto()
    ALTINN_SUCCESSOR = auto()

    #: The first page: what there is to do.
    ALTINN_START_INTRO = auto()
    ALTINN_START_REGISTER = auto()
    ALTINN_START_SETTINGS = auto()

    #: Registering a data system (datasystem) in Altinn.
    ALTINN_REGISTER_TITLE = auto()
    ALTINN_REGISTER_INTRO = auto()
    ALTINN_DESCRIPTION_LABEL = auto()
    ALTINN_DESCRIPTION_HINT = auto()
    ALTINN_SYSTEM_TYPE_LABEL = auto()

    #: Types of data system, in a dropdown.
    ALTINN_TYPE_ACCOUNTING = auto()
    ALTINN_TYPE_PAYROLL = auto()
    ALTINN_TYPE_YEAR_END = auto()
    ALTINN_TYPE_OTHER = auto()

    #: The label of the password, in both forms.
    ALTINN_PASSWORD_LABEL = auto()
    #: The hint of a password that is stored already, and belongs to one ID.
    ALTINN_PASSWORD_KEPT = auto()

    #: The documented name of the button is "Legg til".
    ALTINN_REGISTER_BUTTON = auto()

    #: The page after a registration.
    ALTINN_REGISTERED_TITLE = auto()
    ALTINN_REGISTERED_ID = auto()

    #: The user is to note down both the ID on this page, which is there for {minutes} minutes, and the password just made.
    ALTINN_NOTE_BOTH_TITLE = auto()
    ALTINN_NOTE_BOTH = auto()
    ALTINN_REGISTERED_NEXT = auto()

    #: Choosing the company whose settings are to be shown.
    ALTINN_COMPANY_TITLE = auto()
    ALTINN_COMPANY_BUTTON = auto()

    #: The settings of one company.
    ALTINN_SETTINGS_TITLE = auto()
    ALTINN_SETTINGS_INTRO = auto()
    #: {company} is an organisation number.
    ALTINN_COMPANY = auto()
    ALTINN_CHANGE_COMPANY = auto()
    ALTINN_LANGUAGE_LABEL = auto()
    ALTINN_LANGUAGE_HINT = auto()
    ALTINN_SAVE_BUTTON = auto()
    #: "Test innlogging" is the documented name of the button.
    ALTINN_TEST_BUTTON = auto()
    ALTINN_TESTING = auto()
    ALTINN_SAVED_TITLE = auto()
    ALTINN_SAVED = auto()

    #: What came of "Test innlogging". {company} is an organisation number.
    ALTINN_TEST_NOT_TRIED_TITLE = auto()
    ALTINN_TEST_NOT_TRIED = auto()
    ALTINN_TEST_WORKS_TITLE = auto()
    ALTINN_TEST_WORKS = auto()
    ALTINN_TEST_REFUSED_TITLE = auto()
    ALTINN_TEST_REFUSED = auto()
    ALTINN_TEST_SLOW_TITLE = auto()
    ALTINN_TEST_SLOW = auto()

    #: The test itself went wrong, so that nothing is known.
    ALTINN_TEST_FAILED_TITLE = auto()
    ALTINN_TEST_FAILED = auto()

    #: Too many tests in a short time; {seconds} is 10, 20 and so on up to 60.
    ALTINN_TEST_LIMITED_TITLE = auto()
    ALTINN_TEST_LIMITED = auto()

    #: A typed password is never shown again, so the field is empty.
    ALTINN_PASSWORD_AGAIN = auto()

    #: Another user saved other settings after this page was opened; {id} is the ID in them.
    ALTINN_CONFLICT_TITLE = auto()
    ALTINN_CONFLICT = auto()

    #: Another user deleted the settings after this page was opened.
    ALTINN_GONE_TITLE = auto()
    ALTINN_GONE = auto()

    #: The form came without the cookie that belongs to it, so that what it sends cannot be trusted to come from the user.
    ALTINN_STALE_TITLE = auto()
    ALTINN_STALE = auto()

    #: Pages for errors of HTTP, by number.
    HTTP_400_TITLE = auto()
    HTTP_400 = auto()
    HTTP_403_TITLE = auto()
    HTTP_403 = auto()
    HTTP_404_TITLE = auto()
    HTTP_404 = auto()
    HTTP_405_TITLE = auto()
    HTTP_405 = auto()
    HTTP_413_TITLE = auto()
    HTTP_413 = auto()
    HTTP_431_TITLE = auto()
    HTTP_431 = auto()
    HTTP_500_TITLE = auto()
    HTTP_500 = auto()

    #: The title of a problem+json answer: HTTP's status 422 in words.
    HTTP_422_TITLE = auto()
