"""Clean the name of a file that a browser sent."""

from __future__ import annotations

import re
import unicodedata

#: In bytes of UTF-8: what file systems accept.
LONGEST = 255
#: In characters: no name is longer, and more is not read.
_READ = 10_000
#: What has a meaning to Windows, such as the colon of an alternate stream.
_RESERVED = re.compile(r'[<>:"|?*]')
#: Names of devices of Windows, with any extension.
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\s*(\.|$))", re.IGNORECASE)
#: Invisible, or not a character at all: control characters, those that turn the direction of text, surrogates, line separators.
_UNWANTED = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})
#: What no name begins or ends with: full stops and white space of any width.
_AT_ENDS = "." + "".join(filter(str.isspace, map(chr, range(0x3001))))
#: The longest extension that a name keeps when it is shortened.
_LONGEST_EXTENSION = 20


def clean_filename(name: str) -> str:
    r"""Return the name of a file without folders and without what file systems or readers could misread.

    Control characters, invisible characters and those that turn the direction of text are removed, as are full stops and
    blanks at either end; ``_`` replaces what Windows reserves. A name of more than 255 bytes is shortened, and keeps its
    extension. A name of which nothing is left becomes ``file``.

    >>> clean_filename("../../etc/passwd"), clean_filename("C:\\Users\\ola\\søknad.pdf"), clean_filename("..")
    ('passwd', 'søknad.pdf', 'file')
    >>> clean_filename("regning\u202efdp.exe"), clean_filename("a.pdf\0.exe")
    ('regningfdp.exe', 'a.pdf.exe')
    """
    text = re.split(r"[/\\]", unicodedata.normalize("NFC", str.__str__(name)[-_READ:]))[-1]
    text = "".join(each for each in text if unicodedata.category(each) not in _UNWANTED)
    text = _RESERVED.sub("_", text).strip(_AT_ENDS)
    text = f"_{text}" if _DEVICE.match(text) else text
    return _shortened(text) or "file"


def _shortened(name: str) -> str:
    if len(name.encode()) <= LONGEST:
        return name
    stem, dot, extension = name.rpartition(".")
    ending = f".{extension}" if dot and stem and len(extension.encode()) <= _LONGEST_EXTENSION else ""
    start = (stem if ending else name).encode()[: LONGEST - len(ending.encode())].decode("utf-8", "ignore")
    return f"{start.rstrip(_AT_ENDS)}{ending}"
