"""The types of files that a field accepts: their names, and the first bytes by which they are recognised."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

#: How much of a file is read to recognise its type.
HEAD = 4096

_ZIP, _OLE = rb"PK\x03\x04", rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Characters that no text contains, unless it is UTF-16 and begins with a byte order mark.
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
#: What is read as something else though all its characters may be those of a text: PDF, PostScript, RTF and scripts.
_NO_TEXT = re.compile(rb"\s*(%PDF-|%!PS|\{\\rtf)|#!\s*/")
_MIME_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+")
_EXTENSION = re.compile(r"\.[\w.+-]+")


@dataclass(frozen=True)
class FileType:
    """A type of file, for one that nofields does not know.

    Args:
        name: What people call it, such as ``"DWG"``.
        extensions: How names of such files end: ``(".dwg",)``.
        mime_type: Its media type.
        signature: A regular expression of its first bytes, such as ``rb"AC10"``. Without one a file is judged by its name,
            and rejected if its first bytes are those of a program, or of a type that nofields knows.
        is_text: Whether it is text, which contains no control characters.

    Raises:
        ValueError: An extension has no full stop in front, or the type has none.
    """

    name: str
    extensions: tuple[str, ...]
    mime_type: str = "application/octet-stream"
    signature: bytes = b""
    is_text: bool = False

    def __post_init__(self) -> None:
        extensions = (self.extensions,) if isinstance(self.extensions, str) else self.extensions
        if not extensions or not all(map(_EXTENSION.fullmatch, extensions)):
            raise ValueError(f"{self.name}: extensions such as '.dwg' are required, not {extensions!r}")
        object.__setattr__(self, "extensions", tuple(each.lower() for each in extensions))

    def fits_name(self, filename: str) -> bool:
        """Return whether a file name ends as names of this type do."""
        return filename.lower().endswith(self.extensions)

    def fits_content(self, head: bytes) -> bool:
        """Return whether a file with these first bytes can be of this type."""
        if self.is_text and not _is_text(head):
            return False
        if self.signature:
            return _begins(self.signature, head)
        return self.is_text or not any(_begins(each, head) for each in _foreign_signatures())


def _is_text(head: bytes) -> bool:
    return not _NO_TEXT.match(head) and (head.startswith(_UTF_16) or not _CONTROL.search(head))


def _begins(signature: bytes, head: bytes) -> bool:
    return re.match(signature, head, re.DOTALL) is not None


def _known(name: str, mime_type: str, extensions: str, signature: bytes = b"") -> FileType:
    return FileType(name, tuple(extensions.split()), mime_type, signature)


def _text(name: str, mime_type: str, extensions: str, signature: bytes = b"") -> FileType:
    return FileType(name, tuple(extensions.split()), mime_type, signature, is_text=True)


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
_MARKUP = rb"(\xef\xbb\xbf|\xff\xfe|\xfe\xff\x00)?\s*<"
# Not puremagic or filetype: they guess what a file might be, from signatures of which many are two characters. To both a CSV
# that begins with "BMI" is a bitmap, and a text that begins with "MZ" a program. What is needed here is whether a file is of
# one of the few accepted types. Besides, filetype has had no release since 2022, and puremagic 2 needs Python 3.12.
#: What forms ask for.
KNOWN = (
    _known("PDF", "application/pdf", ".pdf", rb"(\xef\xbb\xbf)?\s{0,16}%PDF-\d"),
    _known("JPEG", "image/jpeg", ".jpg .jpeg .jpe .jfif", rb"\xff\xd8\xff"),
    _known("PNG", "image/png", ".png", rb"\x89PNG\r\n\x1a\n"),
    _known("GIF", "image/gif", ".gif", rb"GIF8[79]a"),
    _known("WebP", "image/webp", ".webp", rb"RIFF.{4}WEBP"),
    _known("HEIC", "image/heic", ".heic .heif", rb".{4}ftyp(hei[cmsx]|hev[cmsx]|mif1|msf1)"),
    _known("AVIF", "image/avif", ".avif", rb".{4}ftypavi[fs]"),
    _known("TIFF", "image/tiff", ".tif .tiff", rb"II\*\x00|MM\x00\*"),
    _known("BMP", "image/bmp", ".bmp", rb"BM.{4}\x00{4}"),
    _known("RTF", "application/rtf", ".rtf", rb"\{\\rtf"),
    _known("DOCX", f"{_OFFICE}.wordprocessingml.document", ".docx", _ZIP),
    _known("XLSX", f"{_OFFICE}.spreadsheetml.sheet", ".xlsx", _ZIP),
    _known("PPTX", f"{_OFFICE}.presentationml.presentation", ".pptx", _ZIP),
    _known("ODT", f"{_OPEN}.text", ".odt", _ZIP),
    _known("ODS", f"{_OPEN}.spreadsheet", ".ods", _ZIP),
    _known("ODP", f"{_OPEN}.presentation", ".odp", _ZIP),
    _known("DOC", "application/msword", ".doc", _OLE),
    _known("XLS", "application/vnd.ms-excel", ".xls", _OLE),
    _known("PPT", "application/vnd.ms-powerpoint", ".ppt", _OLE),
    _known("MSG", "application/vnd.ms-outlook", ".msg", _OLE),
    _known("ZIP", "application/zip", ".zip", _ZIP + rb"|PK\x05\x06"),
    _known("7Z", "application/x-7z-compressed", ".7z", rb"7z\xbc\xaf\x27\x1c"),
    _known("GZIP", "application/gzip", ".gz .tgz", rb"\x1f\x8b"),
    _known("TAR", "application/x-tar", ".tar", rb".{257}ustar"),
    _known("MP3", "audio/mpeg", ".mp3", rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]"),
    _known("M4A", "audio/mp4", ".m4a", rb".{4}ftyp"),
    _known("WAV", "audio/wav", ".wav", rb"RIFF.{4}WAVE"),
    _known("FLAC", "audio/flac", ".flac", rb"fLaC"),
    _known("OGG", "audio/ogg", ".ogg .oga .opus", rb"OggS"),
    _known("MP4", "video/mp4", ".mp4 .m4v", rb".{4}ftyp(?!hei|hev|mif|msf|avi)"),
    _known("MOV", "video/quicktime", ".mov", rb".{4}(ftypqt|moov|mdat|wide|free)"),
    _known("WebM", "video/webm", ".webm", rb"\x1a\x45\xdf\xa3"),
    _known("AVI", "video/x-msvideo", ".avi", rb"RIFF.{4}AVI "),
    _text("SVG", "image/svg+xml", ".svg", _MARKUP),
    _text("XML", "application/xml", ".xml", _MARKUP),
    _text("CSV", "text/csv", ".csv"),
    _text("TXT", "text/plain", ".txt"),
    _text("JSON", "application/json", ".json"),
    _text("GeoJSON", "application/geo+json", ".geojson"),
    _text("Markdown", "text/markdown", ".md"),
    _text("iCalendar", "text/calendar", ".ics"),
    _text("vCard", "text/vcard", ".vcf"),
    _text("SOSI", "text/vnd.sosi", ".sos .sosi"),
)
#: Other names of their media types.
_ALIASES = {
    "image/jpg": "image/jpeg",
    "image/heif": "image/heic",
    "application/x-zip-compressed": "application/zip",
    "application/x-gzip": "application/gzip",
    "audio/mp3": "audio/mpeg",
    "audio/x-wav": "audio/wav",
    "text/xml": "application/xml",
}
#: Programs and scripts, which no field accepts under another name.
_PROGRAMS = (
    rb"MZ.{0,62}\x00",
    rb"\x7fELF",
    rb"#!\s*/",
    rb"\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe",
    rb"\x00asm",
    rb"L\x00\x00\x00\x01\x14\x02\x00",
    rb"dex\n",
    rb"MSCF",
)
#: What other types are made of as well: theirs need not be known.
_CONTAINERS = frozenset({_ZIP, _OLE, _MARKUP, rb"\x1f\x8b", rb"\x1a\x45\xdf\xa3", rb".{4}ftyp"})


@cache
def _foreign_signatures() -> tuple[bytes, ...]:
    """The first bytes that a file of a type without a signature cannot have."""
    known = [each.signature for each in KNOWN if each.signature and each.signature not in _CONTAINERS]
    return (*_PROGRAMS, *(each for each in known if not each.startswith(_ZIP)))


def file_types(accepted: Iterable[str | FileType]) -> tuple[FileType, ...]:
    """Return types of files by media type or extension, such as ``image/jpeg`` and ``.pdf``.

    Raises:
        ValueError: A text is neither, or is a media type whose extensions are not known.
    """
    if isinstance(accepted, str):
        accepted = (accepted,)
    return tuple(dict.fromkeys(each if isinstance(each, FileType) else _file_type(each) for each in accepted))


def _file_type(text: str) -> FileType:
    wanted = _ALIASES.get(text.lower(), text.lower())
    if found := next((each for each in KNOWN if wanted == each.mime_type or wanted in each.extensions), None):
        return found
    mime_type, extensions = wanted, _types().guess_all_extensions(wanted) if _MIME_TYPE.fullmatch(wanted) else []
    if _EXTENSION.fullmatch(wanted):
        mime_type, extensions = _types().guess_type(f"x{wanted}")[0] or FileType.mime_type, [wanted]
    if extensions:
        name = extensions[0].removeprefix(".").upper()
        return FileType(name, tuple(extensions), mime_type, is_text=mime_type.startswith("text/"))
    raise ValueError(f"{text!r} is no type of file: name each by its media type or extension, such as 'image/jpeg' or '.pdf'")


@cache
def _types() -> mimetypes.MimeTypes:
    """Python's own table of media types: not that of the machine, which differs from one to the next."""
    return mimetypes.MimeTypes()


def type_of(filename: str, head: bytes) -> str:
    """Return the media type of a file that may be of any type, if its content shows it, or its name and content agree."""
    fitting = [each for each in KNOWN if each.fits_content(head)]
    named = next((each for each in fitting if each.fits_name(filename)), None)
    shown = next((each for each in fitting if each.signature and each.signature not in _CONTAINERS), None)
    return (named or shown or FileType).mime_type
