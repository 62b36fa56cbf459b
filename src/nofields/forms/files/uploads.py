"""``Upload``, a file that was sent with a form."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar, Self

from nofields.errors import MASK, FieldError, Problem, Reason
from nofields.files import open_atomic
from nofields.forms.files.file_names import clean_filename
from nofields.forms.files.file_types import FileType, file_types, type_of
from nofields.forms.files.upload_sources import SentFile, head_of, sent_name, source_of
from nofields.keys import Phrase

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

#: In bytes: how much of a file is in memory at a time.
CHUNK = 64 * 1024


class Upload:
    """A file that was sent with a form, read from its stream: it is never in memory as a whole.

    ``Upload(value)`` wraps the object of a web framework: Starlette's and FastAPI's ``UploadFile``, Werkzeug's ``FileStorage``,
    Django's ``UploadedFile``, those of aiohttp and Bottle, or an open binary file. The stream is the framework's own, which
    closes it when the request ends. What the browser says of the file's type is not believed.

    A subclass is a type of file:

    Class arguments:
        max_size: The largest size, in bytes. Default: any size that the framework accepts.
        types: The accepted types, by media type or extension, such as ``image/jpeg`` and ``.pdf``, or as
            :class:`FileType`. A file must have a name of one of them, and the content of that or another of them.
            Default: all types, programs included.

    Attributes:
        filename: The name, without folders and without characters that file systems or readers could misread. It is the
            user's own: two files may have the same, and it may contain personal data.
        content_type: The media type, by content and name.
        size: The size in bytes.

    Args:
        value: The object of the web framework.

    Raises:
        FieldError: The file is rejected, or the value is no file that can be read.

    >>> import io
    >>> class Receipt(Upload, max_size=5_000_000, types=("image/jpeg", ".pdf")): ...
    >>> sent = io.BytesIO(b"%PDF-1.7 ...")
    >>> sent.name = "../kvittering.pdf"
    >>> receipt = Receipt(sent)
    >>> receipt.filename, receipt.content_type, receipt.size
    ('kvittering.pdf', 'application/pdf', 12)
    >>> sent.name = "kvittering.exe"
    >>> Receipt.problem(sent).message("en")
    'Choose a file of the type JPEG or PDF.'
    """

    #: The largest size in bytes, and the accepted types; ``None`` and empty for any.
    max_size: ClassVar[int | None] = None
    types: ClassVar[tuple[FileType, ...]] = ()

    filename: str
    content_type: str
    size: int
    _stream: BinaryIO | None

    __slots__ = ("_stream", "content_type", "filename", "size")

    def __init_subclass__(cls, *, max_size: int | None = None, types: Iterable[str | FileType] = (), **settings: Any) -> None:
        super().__init_subclass__(**settings)
        if max_size is not None:
            if max_size < 1:
                raise ValueError(f"{cls.__name__}: max_size must be 1 or more, not {max_size}")
            cls.max_size = max_size
        if accepted := file_types(types):
            cls.types = accepted

    def __new__(cls, value: object) -> Self:
        if type(value) is cls:
            return value
        found = cls._read(value)
        if isinstance(found, Problem):
            raise FieldError(found)
        return found

    @classmethod
    def stored(cls, filename: str) -> Self:
        """Return a file that was stored earlier, for ``given`` of :meth:`Form.bind`: it has a name, and nothing to read."""
        return cls._new(clean_filename(filename), "", 0, None)

    @classmethod
    def is_valid(cls, value: object) -> bool:
        """Return whether a file is accepted. Never raises, whatever the object."""
        return cls.problem(value) is None

    @classmethod
    def problem(cls, value: object) -> Problem | None:
        """Return why a file is rejected, if it is. Never raises, whatever the object."""
        found = value if type(value) is cls else cls._read(value)
        return found if isinstance(found, Problem) else None

    @property
    def is_stored(self) -> bool:
        """Whether the file was stored earlier, and not sent with this form."""
        return self._stream is None

    @property
    def file(self) -> BinaryIO:
        """The framework's stream, at its start.

        Raises:
            ValueError: The file was stored earlier.
        """
        if self._stream is None:
            raise ValueError("the file was stored earlier and not sent with this form: it has no content here")
        self._stream.seek(0)
        return self._stream

    def chunks(self, size: int = CHUNK) -> Iterator[bytes]:
        """Yield the content in pieces of ``size`` bytes, from its start."""
        stream = self.file
        while chunk := stream.read(size):
            yield chunk

    def save(self, path: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
        """Write the content to a file, which appears as a whole or not at all.

        Args:
            path: The path of the file, not of its folder. Names that users choose may be equal: give each file one of your own.
            overwrite: Whether to replace a file that exists.

        Returns:
            The path.

        Raises:
            FileExistsError: The file exists, and ``overwrite`` is not set.
            OSError: The file cannot be written.
        """
        target, chunks = Path(path), self.chunks()
        with open_atomic(target, overwrite=overwrite) as stream:
            stream.writelines(chunks)
        return target

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        """A copy of a model reads the same stream, which the framework has once."""
        return self

    def __reduce__(self) -> tuple[Callable[[str], Self], tuple[str]]:
        if not self.is_stored:
            raise TypeError("a sent file cannot be pickled: save it, and keep its path")
        return type(self).stored, (self.filename,)

    def __repr__(self) -> str:
        """A name may contain personal data, and is left out."""
        return f"<{type(self).__name__} {self.content_type or 'stored'}, {self.size} bytes>"

    @classmethod
    def _new(cls, filename: str, content_type: str, size: int, stream: BinaryIO | None) -> Self:
        own = object.__new__(cls)
        own.filename, own.content_type, own.size, own._stream = filename, content_type, size, stream
        return own

    @classmethod
    def _read(cls, value: object) -> Self | Problem:
        source = _source(value)
        if source is None:
            missing = value is None or (isinstance(value, str) and not value.strip())
            return NONE_CHOSEN if missing else Problem(Phrase.UPLOAD_LOST, Reason.DATA_TYPE)
        if source.is_empty:
            return NONE_CHOSEN
        if cls.max_size is not None and source.size > cls.max_size:
            return Problem(Phrase.UPLOAD_SIZE, Reason.TOO_LARGE, {"max_bytes": cls.max_size})
        if not source.size:
            return Problem(Phrase.UPLOAD_EMPTY, Reason.TOO_SMALL)
        head = head_of(source)
        return Problem(Phrase.UPLOAD_LOST, Reason.DATA_TYPE) if head is None else cls._of_type(source, head)

    @classmethod
    def _of_type(cls, source: SentFile, head: bytes) -> Self | Problem:
        filename = clean_filename(source.name)
        if not cls.types:
            return cls._new(filename, type_of(filename, head), source.size, source.stream)
        named = next((each for each in cls.types if each.fits_name(filename)), None)
        if named is None:
            return Problem(Phrase.UPLOAD_TYPE, Reason.FORMAT, {"types": type_names(cls.types)})
        # A picture that was renamed from .jpg to .png is right where both are.
        others = [each for each in cls.types if each.signature]
        fitting = next((each for each in (named, *others) if each.fits_content(head)), None)
        if fitting is None:
            return Problem(Phrase.UPLOAD_CONTENT, Reason.FORMAT, {"types": type_names(cls.types)})
        return cls._new(filename, fitting.mime_type, source.size, source.stream)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema as schemas

        written = schemas.plain_serializer_function_ser_schema(sent_name, return_schema=schemas.str_schema(), when_used="json")
        return schemas.no_info_plain_validator_function(cls._parse, serialization=written)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string"} if handler.mode == "serialization" else {"type": "string", "format": "binary"}

    @classmethod
    def _parse(cls, value: object) -> Self:
        from pydantic_core import InitErrorDetails, ValidationError

        from nofields.schema import as_pydantic

        found = value if type(value) is cls else cls._read(value)
        if isinstance(found, Problem):  # pydantic's error would show the framework's object, and with it the file's name
            details = InitErrorDetails(type=as_pydantic(found), input=MASK)
            raise ValidationError.from_exception_data(cls.__name__, [details])
        return found


NONE_CHOSEN = Problem(Phrase.UPLOAD_REQUIRED, Reason.REQUIRED)


def type_names(types: Sequence[FileType]) -> tuple[str, ...]:
    """Return what people call types of files."""
    return tuple(dict.fromkeys(each.name for each in types))


def is_empty_upload(value: object) -> bool:
    """Return whether a value is what frameworks have for an input in which no file was chosen."""
    if value is None or isinstance(value, str):
        return not (value or "").strip()
    source = _source(value)
    return source is not None and source.is_empty


def _source(value: object) -> SentFile | None:
    """Return the file in a value, which may be an instance of another type of files."""
    if isinstance(value, Upload):
        return None if value.is_stored else SentFile(value.filename, value.file, value.size)
    return source_of(value)
