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
    LABEL_VAT_NUMBER = auto()
    LABEL_IBAN = auto()
    LABEL_EMAIL_ADDRESS = auto()
    LABEL_TEXT = auto()
    LABEL_TEXT_AREA = auto()
    LABEL_NUMBER = auto()
    LABEL_AMOUNT = auto()
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
    HINT_SHORT_PHONE_NUMBER = auto()
    HINT_FOREIGN_PHONE_NUMBER = auto()
    HINT_FOREIGN_MOBILE_PHONE_NUMBER = auto()
    HINT_DATE = auto()
    HINT_DATE_RANGE = auto()
    HINT_DATE_TIME = auto()
    HINT_TIME = auto()
    #: The plural form follows {min}.
    HINT_ALTINN_PASSWORD = auto()
    HINT_ALTINN_SYSTEM_ID = auto()
    HINT_VAT_NUMBER = auto()
    HINT_IBAN = auto()
    HINT_EMAIL_ADDRESS = auto()
    HINT_NUMBER = auto()
    HINT_AMOUNT = auto()
    #: A file to upload. {types} is a list: PDF, JPEG or PNG. {size} is a size with its unit: 5 MB.
    HINT_FILE = auto()
    HINT_FILE_SIZE = auto()
    HINT_FILE_TYPES = auto()
    #: Several files to upload; {max} is at least 2.
    HINT_FILES = auto()
    HINT_FILES_SIZE = auto()
    HINT_FILES_TYPES = auto()
    HINT_FILES_COUNT = auto()

    #: What to enter, in a field whose documented message does not name it.
    INVALID_PAYMENT_REFERENCE = auto()
    #: A password of which the unmet requirements are not known; otherwise they are named, see PASSWORD_REQUIREMENTS.
    INVALID_ALTINN_PASSWORD = auto()
    INVALID_ALTINN_SYSTEM_ID = auto()
    INVALID_AMOUNT = auto()
    INVALID_VAT_NUMBER = auto()
    INVALID_IBAN = auto()
    INVALID_PHONE_NUMBER = auto()
    INVALID_MOBILE_PHONE_NUMBER = auto()

    #: The field is empty: what to enter, where a project chooses these texts over that of TEXT_FIELD_ERROR.
    REQUIRED_ORGANISATION_NUMBER = auto()
    REQUIRED_ACCOUNT_NUMBER = auto()
    REQUIRED_PAYMENT_REFERENCE = auto()
    REQUIRED_NATIONAL_IDENTITY_NUMBER = auto()
    REQUIRED_POSTAL_CODE = auto()
    REQUIRED_PHONE_NUMBER = auto()
    REQUIRED_MOBILE_PHONE_NUMBER = auto()
    REQUIRED_DATE = auto()
    REQUIRED_ALTINN_PASSWORD = auto()
    REQUIRED_ALTINN_SYSTEM_ID = auto()
    REQUIRED_VAT_NUMBER = auto()
    REQUIRED_IBAN = auto()
    REQUIRED_EMAIL_ADDRESS = auto()
    REQUIRED_NUMBER = auto()
    REQUIRED_AMOUNT = auto()

    #: Why a value was rejected and what to check, in full sentences; follows the field's message.
    REASON_REQUIRED = auto()
    #: No choice was made in a list or among options.
    REASON_REQUIRED_CHOICE = auto()
    REASON_REQUIRED_CHECKBOX = auto()
    #: An empty text where the field may be left out altogether; read by developers.
    REASON_BLANK = auto()
    #: {type} is the name of a Python type, e.g. int: the programmer sent something that is not text.
    REASON_TYPE = auto()
    #: As above, in a field that numbers may be sent to as such.
    REASON_TYPE_NUMBER = auto()
    #: The value has been a number on its way here, such as in a spreadsheet: 974760673.0, 9.74760673E+08.
    REASON_NUMBER = auto()
    REASON_CHARACTERS = auto()
    #: Names an invisible or foreign character {character}, such as U+00B2: instead of that sentence, or before the others.
    REASON_CHARACTER = auto()
    #: What may be used, in a number that has digits alone.
    REASON_CHARACTERS_DIGITS = auto()
    REASON_CHARACTERS_ACCOUNT = auto()
    REASON_CHARACTERS_REFERENCE = auto()
    REASON_CHARACTERS_PHONE = auto()
    REASON_CHARACTERS_FOREIGN_PHONE = auto()
    REASON_CHARACTERS_IBAN = auto()
    #: The plural form follows {digits}.
    REASON_LENGTH = auto()
    #: Norwegian phone numbers of {digits} digits, or of {short} if they begin with 0. The plural form follows {digits}.
    REASON_LENGTH_SHORT_PHONE = auto()
    #: A phone number that may be foreign.
    REASON_LENGTH_FOREIGN_PHONE = auto()
    #: An IBAN. Its country decides how many characters it has. The plural form follows {length}.
    REASON_LENGTH_IBAN = auto()
    #: A decimal number has more digits than any field accepts.
    REASON_LENGTH_NUMBER = auto()
    #: The first digits belong to no series of such numbers.
    REASON_SERIES = auto()
    REASON_SERIES_ZEROS = auto()
    REASON_SERIES_IBAN = auto()
    REASON_DATE = auto()
    #: A national identity number, which begins with a birth date. In a D-number 4 is added to the first digit.
    REASON_DATE_IDENTITY = auto()
    REASON_CHECK_DIGIT = auto()
    #: An IBAN, which has both letters and digits.
    REASON_CHECK_DIGIT_IBAN = auto()
    #: A synthetic test number, where only real ones are accepted.
    REASON_SYNTHETIC = auto()
    #: A national identity number that is a synthetic one, or a temporary one of the health services or Nav.
    REASON_SYNTHETIC_IDENTITY = auto()
    #: A real number in a test environment that accepts only synthetic ones.
    REASON_REAL = auto()
    #: A valid number of another kind than the field accepts, such as a D-number where only a fødselsnummer is accepted.
    REASON_KIND = auto()
    #: A phone number or a postal code that is not in use.
    REASON_UNASSIGNED = auto()
    #: A phone number, but no mobile number.
    REASON_NOT_MOBILE = auto()
    #: A phone number that may be foreign, but no mobile number.
    REASON_NOT_MOBILE_FOREIGN = auto()
    REASON_COUNTRY = auto()
    #: No country with IBANs has the code that an IBAN begins with.
    REASON_COUNTRY_IBAN = auto()
    #: The plural form follows {max}.
    REASON_TOO_LONG = auto()
    REASON_ORDER = auto()
    REASON_REQUIREMENTS = auto()
    REASON_FORMAT = auto()
    REASON_FORMAT_DATE = auto()
    REASON_FORMAT_DATE_RANGE = auto()
    REASON_FORMAT_VAT_NUMBER = auto()
    REASON_FORMAT_NUMBER = auto()
    REASON_FORMAT_AMOUNT = auto()
    REASON_FORMAT_EMAIL = auto()
    #: An ID of a data system in Altinn, in its two forms.
    REASON_FORMAT_SYSTEM_ID = auto()
    #: An IBAN does not begin with two letters and two digits, or has letters where its country has digits.
    REASON_FORMAT_IBAN = auto()
    #: More decimals than there may be.
    REASON_DECIMALS = auto()
    #: An amount of kroner and øre. 25.000 is 25 thousand to many people, and 25 to others.
    REASON_DECIMALS_AMOUNT = auto()
    #: A number, or an amount of kroner, that must be whole. 25.000 is 25 thousand to many people, and 25 to others.
    REASON_DECIMALS_WHOLE = auto()
    REASON_CHOICE = auto()
    #: Text.
    REASON_TOO_SHORT = auto()
    #: A number or another value with an order, but no date or time.
    REASON_TOO_SMALL = auto()
    #: A number or another value with an order, but no date or time.
    REASON_TOO_LARGE = auto()
    #: A date or a time.
    REASON_TOO_EARLY = auto()
    #: A date or a time.
    REASON_TOO_LATE = auto()
    #: {min} is a date: 31.12.2016.
    REASON_TOO_EARLY_DATE = auto()
    #: {max} is a date: 31.12.2016.
    REASON_TOO_LATE_DATE = auto()
    #: Items of a list.
    REASON_TOO_FEW = auto()
    #: Items of a list.
    REASON_TOO_MANY = auto()
    #: Such as a list where text belongs. The reader calls an API.
    REASON_DATA_TYPE = auto()
    #: A field or an argument that does not belong here.
    REASON_EXTRA = auto()
    #: A value that cannot be changed.
    REASON_READ_ONLY = auto()
    #: No file was chosen.
    REASON_UPLOAD_REQUIRED = auto()
    #: {size} is the largest size, with its unit: 5 MB.
    REASON_UPLOAD_SIZE = auto()
    REASON_UPLOAD_EMPTY = auto()
    #: The end of the file's name, such as .pdf, is none of those of the accepted types.
    REASON_UPLOAD_TYPE = auto()
    #: The file's name and its content are of different types.
    REASON_UPLOAD_CONTENT = auto()
    REASON_OTHER = auto()

    #: Why pydantic rejected a value, as a request to whoever filled in the form or called the API.
    #: The plural form follows {min}.
    ERROR_TEXT_SHORT = auto()
    #: The plural form follows {min}.
    ERROR_BYTES_SHORT = auto()
    #: The length of anything that has one.
    ERROR_VALUE_SHORT = auto()
    ERROR_VALUE_LONG = auto()
    #: Items of a list. The plural form follows {min}.
    ERROR_ITEMS_FEW = auto()
    #: Items of a list. The plural form follows {max}.
    ERROR_ITEMS_MANY = auto()
    ERROR_WHOLE_NUMBER = auto()
    ERROR_NUMBER_LONG = auto()
    #: Digits in all. The plural form follows {max}.
    ERROR_DIGITS = auto()
    #: The plural form follows {max}.
    ERROR_DECIMALS = auto()
    #: Digits before the decimal point. The plural form follows {max}.
    ERROR_WHOLE_DIGITS = auto()
    #: {factor} is a number: 5, 0.1.
    ERROR_MULTIPLE = auto()
    #: Greater than {min}.
    ERROR_NUMBER_ABOVE = auto()
    #: {min} or more.
    ERROR_NUMBER_MIN = auto()
    #: Less than {max}.
    ERROR_NUMBER_BELOW = auto()
    #: {max} or less.
    ERROR_NUMBER_MAX = auto()
    #: The value may be a length of time.
    ERROR_VALUE_SMALL = auto()
    ERROR_VALUE_LARGE = auto()

    #: Why pydantic rejected a date or a time. {min} and {max} are dates or times, {example} is written as required.
    ERROR_DATE_AFTER = auto()
    #: {min} or later.
    ERROR_DATE_MIN = auto()
    ERROR_DATE_BEFORE = auto()
    #: {max} or earlier.
    ERROR_DATE_MAX = auto()
    ERROR_DATE_ONLY = auto()
    ERROR_DATE_PAST = auto()
    ERROR_DATE_FUTURE = auto()
    #: A time of day, or a date with one.
    ERROR_TIME_AFTER = auto()
    #: {min} or later.
    ERROR_TIME_MIN = auto()
    ERROR_TIME_BEFORE = auto()
    #: {max} or earlier.
    ERROR_TIME_MAX = auto()
    ERROR_TIME_PAST = auto()
    ERROR_TIME_FUTURE = auto()
    #: A time of day.
    ERROR_TIME = auto()
    ERROR_DURATION = auto()
    ERROR_ZONE_NAME = auto()
    ERROR_ZONE_REQUIRED = auto()
    ERROR_ZONE_EXTRA = auto()
    #: {expected} is an offset from UTC: +01:00.
    ERROR_ZONE_OFFSET = auto()

    #: Why pydantic rejected the form of a value. {example} is a valid value.
    ERROR_TEXT = auto()
    #: The bytes of the text are not UTF-8.
    ERROR_ENCODING = auto()
    #: The text does not match the field's regular expression, which is not shown.
    ERROR_PATTERN = auto()
    #: Characters outside ASCII.
    ERROR_ASCII = auto()
    ERROR_BYTES = auto()
    #: {encoding} is base64, hex or utf8.
    ERROR_ENCODED = auto()
    #: true and false are the words of JSON.
    ERROR_BOOLEAN = auto()
    #: null is the word of JSON.
    ERROR_EMPTY = auto()
    ERROR_JSON = auto()
    ERROR_URL = auto()
    #: {expected} is a list: http://, https://
    ERROR_URL_SCHEME = auto()
    ERROR_UUID = auto()
    ERROR_UUID_VERSION = auto()
    ERROR_IP_ADDRESS = auto()
    #: The example is 192.0.2.1/24.
    ERROR_IP_INTERFACE = auto()
    #: The example is 192.0.2.0/24.
    ERROR_IP_NETWORK = auto()
    ERROR_PATH = auto()
    ERROR_FILE = auto()
    ERROR_FOLDER = auto()
    #: A file of the kind through which Unix programs talk to each other.
    ERROR_SOCKET = auto()
    #: A new file or folder, for which the name must be free.
    ERROR_PATH_TAKEN = auto()
    #: The folder in which a new file is to be.
    ERROR_PARENT_FOLDER = auto()
    #: The number of a payment card.
    ERROR_CARD = auto()
    ERROR_IBAN = auto()
    ERROR_REGEX = auto()
    #: The reader is a programmer; the example is math.sqrt.
    ERROR_IMPORT = auto()
    #: Any other value that is written in a fixed way: a colour, a currency, a country.
    ERROR_EXAMPLE = auto()

    #: Why pydantic rejected the structure of what was sent. The reader calls an API.
    ERROR_EXTRA = auto()
    ERROR_TWICE = auto()
    ERROR_FROZEN = auto()
    #: The field's default is made from other fields, which were rejected.
    ERROR_DEPENDS = auto()
    #: The name of a field is no text.
    ERROR_NAME = auto()
    ERROR_OBJECT = auto()
    ERROR_LIST = auto()
    ERROR_LIST_OR_OBJECT = auto()
    #: An item of a set, or a key.
    ERROR_SIMPLE = auto()
    #: {type} is the name of a Python class.
    ERROR_TYPE = auto()
    #: {type} is the name of a Python class.
    ERROR_SUBCLASS = auto()
    ERROR_CLASS = auto()
    ERROR_CALLABLE = auto()
    ERROR_NOT_JSON = auto()
    ERROR_LOOP = auto()
    #: Lists in lists, objects in objects.
    ERROR_DEPTH = auto()
    ERROR_UNREADABLE = auto()
    #: The field {name} decides which other fields there are; {expected} is a list: cat, dog.
    ERROR_TAG = auto()
    #: The field {name} decides which other fields there are.
    ERROR_TAG_MISSING = auto()
    ERROR_VARIANT = auto()

    #: Why a file that was uploaded is rejected.
    #: No file was chosen.
    UPLOAD_REQUIRED = auto()
    #: {size} is the largest size, with its unit: 5 MB.
    UPLOAD_SIZE = auto()
    UPLOAD_EMPTY = auto()
    #: {types} is a list: PDF, JPEG or PNG.
    UPLOAD_TYPE = auto()
    #: The content is of another type than the name of the file says. {types} is a list: PDF, JPEG or PNG.
    UPLOAD_CONTENT = auto()
    #: What was sent is not a file.
    UPLOAD_LOST = auto()
    #: Several files in one field. The plural form follows {min}.
    UPLOADS_FEW = auto()
    #: Several files in one field. The plural form follows {max}.
    UPLOADS_MANY = auto()

    #: Stands above a list of the requirements that a password does not meet.
    PASSWORD_REQUIREMENTS_LEAD = auto()
    #: {requirements} are the same requirements, joined by commas and the word for "and".
    PASSWORD_REQUIREMENTS = auto()
    #: What a password must have, as it follows the verb in PASSWORD_REQUIREMENTS: in the middle of a sentence, or in a list.
    #: The plural form follows {min}.
    PASSWORD_MIN_LENGTH = auto()
    #: The plural form follows {max}.
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
    FACT_ORGANISATION_NUMBER = auto()
    FACT_COUNTRY = auto()
    FACT_ACCOUNT_NUMBER = auto()

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
    #: A temporary number of Nav (NPID) in its test environments.
    KIND_NAV_NPID = auto()
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

    #: Follows the sentence above the fields of a form, where scripts do not run and cannot hide what does not apply.
    FORM_SOME_APPLY = auto()

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

    #: The rows of a list in a form. {item} is the name of one, such as "order line", {title} that with a number, or "No. 2".
    FORM_ROW_NUMBER = auto()
    FORM_ROW_ADD = auto()
    FORM_ROW_ADD_NAMED = auto()
    FORM_ROW_REMOVE = auto()
    FORM_ROW_REMOVED = auto()

    #: A form of several steps, one on each page. {number} and {all} are numbers: "Step 2 of 4".
    FORM_STEP_PROGRESS = auto()
    #: The title of such a page. {title} is that of the step: "The loan – step 2 of 4".
    FORM_STEP_PAGE_TITLE = auto()
    #: Buttons that submit a step and lead to another, and the one that sends the whole form.
    FORM_STEP_NEXT = auto()
    FORM_STEP_BACK = auto()
    FORM_SEND = auto()

    #: The page with all answers before they are sent. The name of an answer follows the word that is a link: "Change Name".
    FORM_SUMMARY_TITLE = auto()
    FORM_CHANGE = auto()
    #: Stands above passwords and other secrets on that page, which are not stored until then.
    FORM_SUMMARY_SECRETS = auto()
    #: An error there: the answers were changed in another tab.
    FORM_ANSWERS_CHANGED = auto()

    #: A receipt of what was sent.
    FORM_RECEIPT_TITLE = auto()
    FORM_RECEIPT_REFERENCE = auto()
    FORM_RECEIPT_TIME = auto()

    #: The hint of a secret that is stored already: a password or a national identity number.
    FORM_SECRET_KEPT = auto()

    #: Stands at a field that a rejected form shows empty, though it was filled in. The last is for any other secret.
    FORM_IDENTITY_NUMBER_AGAIN = auto()
    FORM_PASSWORD_AGAIN = auto()
    FORM_SECRET_AGAIN = auto()

    #: Stands at such a field if what was entered is sent again with the form, encrypted.
    FORM_SECRET_SEALED = auto()

    #: Stands at a field for one file, or for several, in a rejected form: browsers do not send them again.
    FORM_FILE_AGAIN = auto()
    FORM_FILES_AGAIN = auto()

    #: Stands at a field for several files if some of them were rejected; {filenames} are the names of these.
    FORM_FILES_REJECTED = auto()

    #: Stands at a field whose file is stored already; {filenames} are the names of one or several files.
    FORM_FILE_KEPT = auto()

    #: Stand in the place of a value that is shown and cannot be changed: a box that is checked, one that is not,
    #: a value that is missing, and one that is secret.
    FORM_YES = auto()
    FORM_NO = auto()
    FORM_NOT_GIVEN = auto()
    FORM_NOT_SHOWN = auto()

    #: Stands above the list of requirements to a password.
    FORM_REQUIREMENTS = auto()

    #: Read out in front of a requirement to a password: "Met: at least 7 characters".
    FORM_REQUIREMENT_MET = auto()
    FORM_REQUIREMENT_UNMET = auto()

    #: Stands below a text of several lines while it is typed. {number} is that of the characters.
    FORM_CHARACTERS_LEFT = auto()
    FORM_CHARACTERS_OVER = auto()

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
    #: The plural form follows {minutes}.
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

    #: Too many tests in a short time; {seconds} is 10, 20 and so on up to 60. The plural form follows it.
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

    #: The form for ID and password in Altinn 2, beside the one for Altinn 3, and a link from the first to the second.
    ALTINN2_TITLE = auto()
    ALTINN2_USE_ALTINN3 = auto()

    #: The first page of a connection to Altinn 3: a company approves a system user (systembruker) for an accounting system.
    ALTINN3_START = auto()
    #: The three steps: ask for access, approve it in Altinn, test the connection.
    ALTINN3_START_ASK = auto()
    ALTINN3_START_APPROVE_TITLE = auto()
    ALTINN3_START_APPROVE = auto()
    ALTINN3_START_TEST = auto()

    #: Choosing the company that is to be connected.
    ALTINN3_COMPANY_TITLE = auto()
    ALTINN3_COMPANY_BUTTON = auto()

    #: The page of one company.
    ALTINN3_TITLE = auto()
    #: {company} is an organisation number.
    ALTINN3_COMPANY = auto()
    ALTINN3_CHANGE_COMPANY = auto()

    #: The state of the connection: nothing was asked for.
    ALTINN3_NONE_TITLE = auto()
    ALTINN3_NONE = auto()
    #: Asked for, not answered.
    ALTINN3_WAITING_TITLE = auto()
    ALTINN3_WAITING = auto()
    #: Approved, but not tested with success.
    ALTINN3_ACCEPTED_TITLE = auto()
    ALTINN3_ACCEPTED = auto()
    #: The company said no.
    ALTINN3_REJECTED_TITLE = auto()
    ALTINN3_REJECTED = auto()
    #: Altinn's other word for a request that was turned down.
    ALTINN3_DENIED_TITLE = auto()
    ALTINN3_DENIED = auto()
    #: Nobody answered in ten days, or the request was taken back.
    ALTINN3_TIMED_OUT_TITLE = auto()
    ALTINN3_TIMED_OUT = auto()
    #: The last test worked.
    ALTINN3_CONNECTED_TITLE = auto()
    ALTINN3_CONNECTED = auto()
    #: Approved once, but the last test found no system user.
    ALTINN3_WITHDRAWN_TITLE = auto()
    ALTINN3_WITHDRAWN = auto()

    #: When access was asked for, in Norwegian time.
    ALTINN3_ASKED_AT = auto()
    #: When the connection was last tested, in Norwegian time, and the outcome: it works, or who must act.
    ALTINN3_TESTED_WORKS = auto()
    ALTINN3_TESTED_CUSTOMER = auto()
    ALTINN3_TESTED_VENDOR = auto()
    ALTINN3_TESTED_NOBODY = auto()

    #: Stands in front of the reason why Altinn could not be asked for the status.
    ALTINN3_UNCHECKED = auto()

    #: The link to the page in Altinn where the company approves access.
    ALTINN3_LINK = auto()
    #: The same address follows, as text.
    ALTINN3_SEND_LINK = auto()
    ALTINN3_NO_LINK = auto()
    #: A link that shows the page again with the present status.
    ALTINN3_REFRESH = auto()

    #: The documented name of the button is "Be om tilgang".
    ALTINN3_ASK_BUTTON = auto()
    ALTINN3_ASK_AGAIN_BUTTON = auto()
    ALTINN3_ASKING = auto()

    #: What is asked for: a list in the vendor's words follows, or else ALTINN3_ASKS.
    ALTINN3_ASKS_TITLE = auto()
    #: {system} is the ID of a system, such as 991825827_smartcloud.
    ALTINN3_ASKS = auto()
    #: Follows the vendor's list.
    ALTINN3_ASKS_SHOWN = auto()

    #: Who in the company may approve.
    ALTINN3_APPROVER_TITLE = auto()
    ALTINN3_APPROVER = auto()

    #: After asking, above the state.
    ALTINN3_SENT_TITLE = auto()
    ALTINN3_SENT = auto()

    #: What came of "Test innlogging", or of asking: it works, or a title that says who must act, above a FAULT_ text.
    ALTINN3_TEST_WORKS_TITLE = auto()
    #: {company} is an organisation number.
    ALTINN3_TEST_WORKS = auto()
    ALTINN3_CUSTOMER_TITLE = auto()
    ALTINN3_VENDOR_TITLE = auto()
    ALTINN3_NOBODY_TITLE = auto()
    #: No answer in time.
    ALTINN3_SLOW = auto()
    #: The form itself went wrong, so that nothing is known.
    ALTINN3_FAILED = auto()

    #: Too many calls in a short time.
    ALTINN3_LIMITED_TITLE = auto()
    ALTINN3_LIMITED = auto()

    #: The form came without the cookie that belongs to it.
    ALTINN3_STALE_TITLE = auto()
    ALTINN3_STALE = auto()

    #: The page that Altinn leads back to, which does not know what was chosen there, nor who reads it.
    ALTINN3_RETURNED_TITLE = auto()
    ALTINN3_RETURNED = auto()
    ALTINN3_RETURNED_LINK = auto()

    #: Why a system is not connected to Altinn, and who must act. {code} is a code for the vendor: MP-303, AUTH-00011.
    FAULT_NOT_APPROVED = auto()
    #: The company has approved, so that the vendor's registration must be wrong.
    FAULT_REGISTRATION = auto()
    FAULT_CLIENT = auto()
    FAULT_AUDIENCE = auto()
    FAULT_KEY = auto()
    FAULT_KEY_EXPIRED = auto()
    #: {seconds} is a number of seconds, too many to be ignored.
    FAULT_CLOCK_AHEAD = auto()
    FAULT_CLOCK_BEHIND = auto()
    #: {scopes} are names of access rights, such as altinn:instances.read.
    FAULT_SCOPE = auto()
    #: Any other code of Maskinporten.
    FAULT_MASKINPORTEN = auto()
    FAULT_ISSUER = auto()
    #: The access token that was asked for is for another company, or for none.
    FAULT_OTHER_COMPANY = auto()
    #: {service} is Maskinporten or Altinn.
    FAULT_UNREACHABLE = auto()
    #: {service} is Maskinporten or Altinn.
    FAULT_UNREADABLE = auto()
    #: The register of systems in Altinn (systemregisteret) lacks the system.
    FAULT_ALTINN_SYSTEM = auto()
    FAULT_ALTINN_RIGHTS = auto()
    #: The address that the user is sent back to.
    FAULT_ALTINN_REDIRECT = auto()
    #: Altinn rejects the vendor's token.
    FAULT_ALTINN_TOKEN = auto()
    FAULT_ALTINN_SCOPE = auto()
    FAULT_ALTINN_REQUEST = auto()
    #: The company has a system user (systembruker) already, so that none can be asked for.
    FAULT_ALTINN_EXISTS = auto()
    #: Any other code of Altinn.
    FAULT_ALTINN = auto()

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


#: Labels that name the kind of control and not the value: a form and its errors show the name of the field instead.
GENERIC_LABELS: frozenset[str] = frozenset(
    {
        Phrase.LABEL_TEXT,
        Phrase.LABEL_TEXT_AREA,
        Phrase.LABEL_NUMBER,
        Phrase.LABEL_CHECKBOX,
        Phrase.LABEL_CHECKBOX_GROUP,
        Phrase.LABEL_DROPDOWN,
        Phrase.LABEL_RADIO,
    }
)
