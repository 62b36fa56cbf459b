"""Files that were sent with a form: their names, sizes and types, and how they are read and saved."""

from __future__ import annotations

import copy
import io
import os
import pickle
import re
import tempfile
import tracemalloc
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from django.core.files.uploadedfile import UploadedFile
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError
from starlette.datastructures import UploadFile
from werkzeug.datastructures import FileStorage

from nofields import FieldError, Phrase, Reason, localize, message
from nofields.forms import FileType, Upload
from nofields.forms.files.file_names import LONGEST, clean_filename
from nofields.forms.files.file_types import KNOWN, file_types

MIB = 2**20
#: The beginnings of files as programs write them, by extension.
HEADS = {
    ".pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    ".jpg": bytes.fromhex("ffd8ffe000104a46494600010101"),
    ".png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    ".gif": b"GIF89a\x01\0\x01\0\x80\0\0",
    ".webp": b"RIFF\x24\x10\0\0WEBPVP8 ",
    ".heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
    ".avif": b"\0\0\0\x1cftypavif\0\0\0\0avifmif1",
    ".tif": b"II*\0\x08\0\0\0",
    ".bmp": b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0",
    ".rtf": b"{\\rtf1\\ansi\\deff0",
    ".zip": b"PK\x03\x04\x14\0\0\0\x08\0",
    ".doc": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(8),
    ".7z": b"7z\xbc\xaf\x27\x1c\0\x04",
    ".gz": b"\x1f\x8b\x08\0\0\0\0\0",
    ".tar": b"fil.txt".ljust(257, b"\0") + b"ustar\x0000",
    ".mp3": b"ID3\x04\0\0\0\0\x02\x01",
    ".wav": b"RIFF\x24\x10\0\0WAVEfmt ",
    ".flac": b"fLaC\0\0\0\x22",
    ".ogg": b"OggS\0\x02\0\0",
    ".mp4": b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2",
    ".mov": b"\0\0\0\x14ftypqt  \0\0\x02\0qt  ",
    ".webm": b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81",
    ".avi": b"RIFF\x24\x10\0\0AVI LIST",
    ".svg": b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>',
    ".csv": b"navn;alder\r\nOla;30\r\n",
    ".txt": "blåbærsyltetøy\n".encode(),
    ".json": b'{"a": 1}',
}
#: Types that share the first bytes with others of the list.
SHARED = {".mov": {".mp4"}}
TEXTS = {".csv", ".txt", ".json", ".svg"}
EXE = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff"


def sent(filename: str, content: bytes) -> UploadFile:
    return UploadFile(io.BytesIO(content), filename=filename, size=len(content))


class Receipt(Upload, max_size=1000, types=("image/jpeg", ".pdf")): ...


@pytest.mark.parametrize(
    ("filename", "content", "key", "reason", "text"),
    [
        ("", b"", "UPLOAD_REQUIRED", Reason.REQUIRED, "Velg en fil."),
        ("a.pdf", b"", "UPLOAD_EMPTY", Reason.TOO_SMALL, "Filen er tom. Velg en annen."),
        ("a.pdf", b"%PDF-1.7".ljust(1001), "UPLOAD_SIZE", Reason.TOO_LARGE, "Velg en fil på høyst 1 kB."),
        ("a.exe", EXE, "UPLOAD_TYPE", Reason.FORMAT, "Velg en fil av typen JPEG eller PDF."),
        ("pdf", HEADS[".pdf"], "UPLOAD_TYPE", Reason.FORMAT, "Velg en fil av typen JPEG eller PDF."),
        ("a.pdf\0.exe", HEADS[".pdf"], "UPLOAD_TYPE", Reason.FORMAT, "Velg en fil av typen JPEG eller PDF."),
        ("a\u202efdp.exe", EXE, "UPLOAD_TYPE", Reason.FORMAT, "Velg en fil av typen JPEG eller PDF."),
        ("a.pdf", EXE, "UPLOAD_CONTENT", Reason.FORMAT, "Innholdet i filen er av en annen type enn navnet sier."),
        ("a.pdf", EXE + HEADS[".pdf"], "UPLOAD_CONTENT", Reason.FORMAT, "Innholdet i filen er av en annen type"),
    ],
)
def test_problems(filename: str, content: bytes, key: str, reason: Reason, text: str) -> None:
    problem = Receipt.problem(sent(filename, content))
    assert problem
    assert (problem.key, problem.reason) == (key, reason)
    assert problem.message("nb").startswith(text)
    assert not Receipt.is_valid(sent(filename, content))


@pytest.mark.parametrize("key", [each for each in Phrase if "UPLOAD" in each or each.startswith(("HINT_FILE", "FORM_FILE"))])
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_sentences(key: str, language: str) -> None:
    text = message(
        key, language, **{"types": ("PDF", "PNG"), "max_bytes": 1_500_000, "max": 2, "min": 2, "count": 2, "filenames": "a"}
    )
    assert text != key
    assert "{" not in text


@pytest.mark.parametrize(
    "value",
    [
        *("a.pdf", b"%PDF-1.7", 1, object(), Path("a.pdf"), io.StringIO("%PDF-1.7"), [], UploadFile),
        Upload.stored("a.pdf"),
    ],
)
def test_not_a_file(value: object) -> None:
    """Such as the name alone, which browsers send from a form without ``enctype``."""
    problem = Receipt.problem(value)
    assert problem
    assert (problem.key, problem.reason) == ("UPLOAD_LOST", Reason.DATA_TYPE)


@pytest.mark.parametrize("value", [None, "", " "])
def test_nothing_sent(value: object) -> None:
    problem = Receipt.problem(value)
    assert problem
    assert problem.reason == Reason.REQUIRED


def test_closed() -> None:
    file = sent("a.pdf", HEADS[".pdf"])
    file.file.close()
    assert not Receipt.is_valid(file)


class Raising:
    def __getattr__(self, name: str) -> object:
        raise RuntimeError(name)


def test_never_raises() -> None:
    assert not Receipt.is_valid(Raising())


class Unread(io.BytesIO):
    """A stream whose size can be found, and whose content cannot be read."""

    name = "a.pdf"

    def __init__(self, content: object) -> None:
        super().__init__(HEADS[".pdf"])
        self.content = content

    def read(self, size: int | None = -1) -> Any:
        if size and isinstance(self.content, Exception):
            raise self.content
        return self.content if size else b""


@pytest.mark.parametrize("content", [OSError(), None, "text"])
@pytest.mark.parametrize("kind", [Receipt, Upload])
def test_content_that_cannot_be_read(kind: type[Upload], content: object) -> None:
    problem = kind.problem(Unread(content))
    assert problem
    assert problem.key == Phrase.UPLOAD_LOST


def test_stream_that_returns_less() -> None:
    class Slow(io.BytesIO):
        name = "a.pdf"

        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(size or 0, 1))

    assert Receipt(Slow(HEADS[".pdf"])).content_type == "application/pdf"


@pytest.mark.parametrize("extension", HEADS)
def test_content(extension: str) -> None:
    """The first bytes of each type are those of the type itself, and of no other."""
    (own,) = file_types([extension])
    fitting = {each for each in HEADS if file_types([each])[0].fits_content(HEADS[extension])}
    assert own.fits_content(HEADS[extension])
    assert fitting - {extension} - SHARED.get(extension, TEXTS if extension in TEXTS else set()) == set()


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.name)
def test_program_by_another_name(known: FileType) -> None:
    programs = (EXE, b"\x7fELF\x02\x01\x01\0", b"#!/bin/sh\n", b"\xcf\xfa\xed\xfe\x07\0\0\x01", b"\0asm\x01\0\0\0")
    assert not any(known.fits_content(program) for program in programs)


@pytest.mark.parametrize(
    "text", [b"BMI,vekt\n21,80\n", b"MZ er en kode\n", b"ID3;navn\n", b"det free\n", b"GIF\n", "\ufeffnavn;æ".encode("utf-16")]
)
def test_texts_that_begin_as_others(text: bytes) -> None:
    """Signatures of two or three letters begin texts as well."""
    assert file_types([".csv"])[0].fits_content(text)


@pytest.mark.parametrize("extension", [".csv", ".txt", ".json", ".svg", ".xml"])
@pytest.mark.parametrize("other", [each for each in HEADS if each not in TEXTS])
def test_text_types(extension: str, other: str) -> None:
    assert not file_types([extension])[0].fits_content(HEADS[other])


def test_unknown_type() -> None:
    """Without a signature the name decides, unless the content is that of another type."""
    (drawing,) = file_types([".dwg"])
    assert drawing.name == "DWG"
    assert drawing.fits_content(b"AC1032\0\0")
    assert drawing.fits_content(HEADS[".zip"])  # what many types are made of
    assert not any(drawing.fits_content(HEADS[each]) for each in (".pdf", ".png", ".jpg", ".mp4"))


def test_own_type() -> None:
    class Drawing(Upload, types=[FileType("tegning", (".dwg",), "image/vnd.dwg", rb"AC10\d\d")]): ...

    assert Drawing(sent("a.DWG", b"AC1032\0")).content_type == "image/vnd.dwg"
    assert not Drawing.is_valid(sent("a.dwg", b"AB1032\0"))


@pytest.mark.parametrize("wrong", ["jpeg", "image/*", "image/x-none", "*", "", "."])
def test_wrong_types(wrong: str) -> None:
    with pytest.raises(ValueError, match="is no type of file"):
        type("Wrong", (Upload,), {}, types=(wrong,))


@pytest.mark.parametrize("extensions", [(), "dwg", ("",), (".dwg", "dwg")])
def test_wrong_extensions(extensions: Any) -> None:
    with pytest.raises(ValueError, match="extensions such as"):
        FileType("DWG", extensions)


@pytest.mark.parametrize("extensions", [".DWG", (".DWG",), (".dwg", ".dxf")])
def test_extensions(extensions: Any) -> None:
    assert FileType("DWG", extensions).extensions[0] == ".dwg"
    assert FileType("DWG", extensions).fits_name("hus.Dwg")


@pytest.mark.parametrize("size", [0, -1])
def test_wrong_size(size: int) -> None:
    with pytest.raises(ValueError, match="max_size"):
        type("Wrong", (Upload,), {}, max_size=size)


def test_inherited_arguments() -> None:
    class Small(Receipt, max_size=10): ...

    assert (Small.max_size, Small.types) == (10, Receipt.types)
    assert Upload.max_size is None


def test_renamed_picture() -> None:
    """A picture with the name of another accepted type is accepted, as what it is."""

    class Picture(Upload, types=("image/png", "image/jpeg")): ...

    assert Picture(sent("a.png", HEADS[".jpg"])).content_type == "image/jpeg"


@pytest.mark.parametrize(
    ("filename", "content", "content_type"),
    [
        ("a.pdf", HEADS[".pdf"], "application/pdf"),
        ("a.docx", HEADS[".zip"], "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.png", HEADS[".jpg"], "image/jpeg"),
        ("a.pdf", EXE, "application/octet-stream"),
        ("a.unknown", b"x", "application/octet-stream"),
        ("a.csv", HEADS[".csv"], "text/csv"),
    ],
)
def test_content_type(filename: str, content: bytes, content_type: str) -> None:
    """What the browser says of the type is not believed."""
    file = UploadFile(io.BytesIO(content), filename=filename, headers={"content-type": "text/html"})  # type: ignore[arg-type]
    assert Upload(file).content_type == content_type


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("søknad.pdf", "søknad.pdf"),
        ("a b (1).pdf", "a b (1).pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\y.pdf", "y.pdf"),
        ("/etc/passwd\0.png", "passwd.png"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("fak\u202etura\u2066gpj.exe", "fakturagpj.exe"),
        ("a\u200b\ufeff.pdf", "a.pdf"),
        ("o\u0308.pdf", "ö.pdf"),
        (".htaccess", "htaccess"),
        ("a.pdf. . ", "a.pdf"),
        ("a.txt:b.exe", "a.txt_b.exe"),
        ('<a>"|?*.pdf', "_a_____.pdf"),
        ("con.pdf", "_con.pdf"),
        ("LPT1", "_LPT1"),
        ("console.pdf", "console.pdf"),
        ("", "file"),
        ("..", "file"),
        ("\u2003..\u2003", "file"),
        ("\u2003.htaccess", "htaccess"),
        ("a.exe.\u2003", "a.exe"),
        ("a/", "file"),
        ("\ud800.pdf", "pdf"),
    ],
)
def test_filenames(name: str, clean: str) -> None:
    assert clean_filename(name) == clean


@pytest.mark.parametrize("name", ["x" * 1000, "å" * 1000 + ".pdf", "." + "x" * 1000, "x." + "y" * 1000, "a" * 10**6 + ".pdf"])
def test_long_filenames(name: str) -> None:
    clean = clean_filename(name)
    assert 0 < len(clean.encode()) <= LONGEST
    assert clean.endswith(".pdf") == name.endswith(".pdf")


@given(st.text() | st.text(alphabet="./\\:\0 \u2003\u202eaCON1å\ud800"))
def test_any_filename(name: str) -> None:
    """A name is one part of a path, can be encoded, and is left as it is when it is cleaned again."""
    clean = clean_filename(name)
    assert clean
    assert clean not in (".", "..")
    assert not re.search(r'[/\\<>:"|?*\x00-\x1f\x7f]', clean)
    assert not any(unicodedata.category(each) in ("Cc", "Cf", "Cs") for each in clean)
    assert len(clean.encode()) <= LONGEST
    assert clean_filename(clean) == clean
    assert clean == clean.strip(".").strip()


def of_starlette(file: BinaryIO) -> object:
    return UploadFile(file, filename="a.bin")


def of_werkzeug(file: BinaryIO) -> object:
    return FileStorage(file, filename="a.bin")


def of_django(file: Any) -> object:
    return UploadedFile(file, "a.bin", "text/html", 1)


class Part:
    """An object as aiohttp and Bottle have it."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.filename = file, "a.bin"


def as_it_is(file: BinaryIO) -> object:
    return file


each_object = pytest.mark.parametrize("wrap", [of_starlette, of_werkzeug, of_django, Part, as_it_is])


@each_object
def test_objects(wrap: Callable[[BinaryIO], object]) -> None:
    with tempfile.SpooledTemporaryFile(max_size=4) as file:
        file.write(b"123456789")  # the stream is at its end, as some frameworks leave it
        upload = Upload(wrap(file))  # type: ignore[arg-type]
        assert upload.size == 9
        assert upload.filename == ("file" if wrap is as_it_is else "a.bin")
        assert [upload.file.read(), upload.file.read()] == [b"123456789"] * 2
        assert [*upload.chunks(4)] == [b"1234", b"5678", b"9"]


def test_object_without_a_name() -> None:
    """The name of the field is not that of the file."""
    assert Upload(FileStorage(io.BytesIO(b"x"), name="field")).filename == "file"


def test_open_file(tmp_path: Path) -> None:
    (tmp_path / "å.txt").write_bytes(b"x")
    with (tmp_path / "å.txt").open("rb") as file:
        assert Upload(file).filename == "å.txt"
    with (tmp_path / "å.txt").open() as text:
        assert not Upload.is_valid(text)


@pytest.fixture
def large() -> Iterator[BinaryIO]:
    """A sparse file of 200 MiB."""
    with tempfile.TemporaryFile() as file:
        file.truncate(200 * MIB)
        yield file


@each_object
def test_memory(large: BinaryIO, wrap: Callable[[BinaryIO], object]) -> None:
    """A large file is never in memory as a whole: neither while it is checked nor while it is read."""
    tracemalloc.start()
    try:
        upload = TypeAdapter(Upload).validate_python(wrap(large))
        assert sum(map(len, upload.chunks())) == upload.size == 200 * MIB
        assert tracemalloc.get_traced_memory()[1] < MIB
    finally:
        tracemalloc.stop()


def test_memory_of_save(large: BinaryIO, tmp_path: Path) -> None:
    tracemalloc.start()
    try:
        Upload(large).save(tmp_path / "a")
        assert tracemalloc.get_traced_memory()[1] < MIB
    finally:
        tracemalloc.stop()
    assert (tmp_path / "a").stat().st_size == 200 * MIB


def test_save(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    assert Upload(sent("b.pdf", b"new")).save(path) == path
    assert path.read_bytes() == b"new"
    assert [*tmp_path.iterdir()] == [path]


def test_save_keeps_what_is_there(tmp_path: Path) -> None:
    """A file is replaced only if the caller says so."""
    path, link = tmp_path / "a.pdf", tmp_path / "link"
    path.write_bytes(b"old")
    link.symlink_to("nowhere")
    upload = Upload(sent("b.pdf", b"new"))
    for there in (path, link, tmp_path):
        with pytest.raises(FileExistsError) as caught:
            upload.save(there)
        assert caught.value.filename == str(there)
    assert path.read_bytes() == b"old"
    upload.save(str(path), overwrite=True)
    assert path.read_bytes() == b"new"
    assert {*tmp_path.iterdir()} == {path, link}


def test_save_that_another_overtakes(tmp_path: Path) -> None:
    """A file that appears while another is written is not replaced."""
    path = tmp_path / "a"

    class Overtaken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if size:
                path.write_bytes(b"other")
            return super().read(size)

    upload = Upload(Overtaken(b"new"))
    with pytest.raises(FileExistsError):
        upload.save(path)
    assert path.read_bytes() == b"other"
    assert [*tmp_path.iterdir()] == [path]


def test_failed_save(tmp_path: Path) -> None:
    """Nothing is left of a file that could not be written."""
    file = io.BytesIO(b"x")
    upload = Upload(file)
    file.close()
    with pytest.raises(ValueError, match="closed"):
        upload.save(tmp_path / "a")
    assert [*tmp_path.iterdir()] == []


class Application(BaseModel):
    cv: Receipt
    others: list[Receipt] = []


def test_model() -> None:
    found = Application.model_validate({"cv": sent("a.pdf", HEADS[".pdf"]), "others": [sent("b.jpg", HEADS[".jpg"])]})
    assert found.model_dump()["cv"] is found.cv
    assert found.model_dump(mode="json") == {"cv": "a.pdf", "others": ["b.jpg"]}
    assert Application(cv=found.cv).cv is found.cv


def test_errors_without_the_name() -> None:
    """A file's name may be personal data: no error shows it, nor does ``repr``."""
    wrong = sent("30108299920.exe", EXE)
    with pytest.raises(ValidationError) as caught:
        Application.model_validate({"cv": wrong, "others": [sent("30108299920.pdf", EXE)]})
    with pytest.raises(FieldError) as raised:
        Receipt(wrong)
    texts = [str(caught.value), caught.value.json(), repr(caught.value.errors()), str(raised.value), repr(raised.value)]
    texts += [repr(localize(caught.value, model=Application)), repr(Receipt(sent("30108299920.pdf", HEADS[".pdf"])))]
    assert [text for text in texts if "30108299920" in text] == []
    first, second = localize(caught.value, "en", model=Application)
    assert (first["loc"], first["reason"], first["message"]) == (("cv",), "format", "Choose a file of the type JPEG or PDF.")
    assert (second["loc"], second["params"]) == (("others", 0), {"types": ["JPEG", "PDF"]})
    assert second["explanation"].startswith("The file has a name that does not fit its content.")


def test_json_schema() -> None:
    """As FastAPI describes a file."""
    schema = Application.model_json_schema()
    assert schema["properties"]["cv"]["format"] == "binary"
    assert schema["properties"]["others"]["items"] == {"type": "string", "format": "binary"}


def test_stored() -> None:
    stored = Receipt.stored("/srv/files/kvittering.pdf")
    assert (stored.filename, stored.is_stored, stored.size) == ("kvittering.pdf", True, 0)
    assert TypeAdapter(Receipt).validate_python(stored) is stored
    for use in (lambda: stored.file, lambda: [*stored.chunks()], lambda: stored.save("a")):
        with pytest.raises(ValueError, match="stored earlier"):
            use()
    assert not os.path.exists("a")


def test_copies() -> None:
    """A copy reads the same stream. Only what is stored can be pickled."""
    upload, stored = Receipt(sent("a.pdf", HEADS[".pdf"])), Receipt.stored("a.pdf")
    model = Application(cv=upload, others=[upload])
    assert copy.copy(upload) is upload
    assert model.model_copy(deep=True).cv is upload
    assert pickle.loads(pickle.dumps(stored)).filename == "a.pdf"
    with pytest.raises(TypeError, match="save it"):
        pickle.dumps(upload)


def test_instance_of_another_type() -> None:
    """It is checked again, by the rules of this type."""
    assert Receipt(Upload(sent("a.pdf", HEADS[".pdf"]))).size == len(HEADS[".pdf"])
    assert not Receipt.is_valid(Upload(sent("a.exe", EXE)))
