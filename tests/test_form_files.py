"""Files in forms: the control, what is bound, and the real multipart bodies of Flask, Django, Starlette and FastAPI."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import FastAPI, File
from flask import Flask, request
from pydantic import AfterValidator, BaseModel, Field, model_validator
from starlette.applications import Starlette
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.testclient import TestClient
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import EnvironBuilder

from helpers import django_site
from nofields import Ask, FieldError, Phrase, PostalCode
from nofields.forms import Bound, Form, Upload
from nofields.forms.types.own_checks import Asks
from nofields.web import assets

PDF, PNG, EXE = b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"MZ\x90\0\x03\0\0\0"


class Receipt(Upload, max_size=5_000_000, types=("image/png", ".pdf")): ...


class Expense(BaseModel):
    code: PostalCode
    receipt: Annotated[Receipt, Ask(label="Kvittering")]
    pictures: Annotated[list[Receipt], Field(min_length=2, max_length=3)]
    contract: Receipt | None = None
    others: list[Receipt]


FORM = Form(Expense)


def sent(filename: str, content: bytes) -> UploadFile:
    return UploadFile(io.BytesIO(content), filename=filename, size=len(content))


NOTHING = sent("", b"")
RIGHT = [("code", "0357"), ("receipt", sent("a.pdf", PDF)), ("pictures", sent("b.png", PNG)), ("pictures", sent("c.pdf", PDF))]


def bound_to(*changes: tuple[str, object], **options: Any) -> Bound[Expense]:
    """The right data with other values for some names."""
    changed = {name for name, _ in changes}
    pairs: Any = [*[pair for pair in RIGHT if pair[0] not in changed], *changes]
    return FORM.bind(FormData(pairs), "nb", **options)


def test_value() -> None:
    value = bound_to(("contract", NOTHING), ("others", NOTHING)).value
    assert value
    assert value.receipt.file.read() == PDF
    assert [each.filename for each in value.pictures] == ["b.png", "c.pdf"]
    assert (value.contract, value.others) == (None, [])


@pytest.mark.parametrize(
    ("name", "files", "message"),
    [
        ("receipt", [], "Velg en fil."),
        ("receipt", [NOTHING], "Velg en fil."),
        ("receipt", [""], "Velg en fil."),
        ("receipt", ["a.pdf"], "Filen kom ikke frem. Velg den på nytt."),
        ("receipt", [sent("a.exe", EXE)], "Velg en fil av typen PNG eller PDF."),
        ("contract", [sent("a.pdf", b"")], "Filen er tom. Velg en annen."),
        ("pictures", [NOTHING], "Velg minst 2 filer."),
        ("pictures", [sent("a.pdf", PDF)], "Velg minst 2 filer."),
        ("pictures", [sent("a.pdf", PDF)] * 4, "Velg høyst 3 filer."),
        ("pictures", [sent("a.pdf", PDF), sent("b.exe", EXE)], "Velg en fil av typen PNG eller PDF."),
        (
            "others",
            [sent("a.pdf", EXE)],
            "Innholdet i filen er av en annen type enn navnet sier. Velg en fil av typen PNG eller PDF.",
        ),
    ],
)
def test_errors(name: str, files: list[object], message: str) -> None:
    bound = bound_to(*((name, file) for file in files or [NOTHING]))
    assert [(error.name, error.id, error.text) for error in bound.errors] == [(name, name, message)]


def test_one_of_several() -> None:
    class Several(BaseModel):
        pictures: Annotated[list[Receipt], Field(min_length=1)]

    bound = Form(Several).bind({"pictures": []}, "nb")
    assert [error.message for error in bound.errors] == ["Velg en fil."]


def test_control() -> None:
    html = FORM.bind(None, "nb").control("receipt")
    assert '<label class="ds-label" data-weight="semibold" for="receipt">Kvittering</label>' in html
    assert 'id="receipt-hint">PNG eller PDF, høyst 5 MB.</p>' in html
    assert 'type="file" accept="image/png,.png,application/pdf,.pdf" aria-describedby="receipt-hint">' in html
    assert 'data-asks="submit"' in html
    html = FORM.bind(None, "en").control("pictures")
    assert 'id="pictures-hint">Up to 3 files: PNG or PDF, up to 5 MB each.</p>' in html
    assert 'type="file" accept="image/png,.png,application/pdf,.pdf" multiple=""' in html
    assert " value=" not in html


@pytest.mark.parametrize(
    ("arguments", "several", "hint"),
    [
        ({}, {}, ""),
        ({"max_size": 1000}, {}, "Høyst 1 kB."),
        ({"types": [".csv"]}, {}, "Filtype: CSV."),
        ({}, {"max_length": 2}, "Høyst 2 filer."),
        ({"max_size": 1000}, {"max_length": 2}, "Høyst 2 filer, høyst 1 kB per fil."),
        ({"types": [".csv"]}, {"max_length": 2}, "Høyst 2 filer: CSV."),
        ({"types": [".csv"]}, {"min_length": 1}, "Filtype: CSV."),
        ({"types": [".csv"]}, {"max_length": 1}, "Filtype: CSV."),
    ],
)
def test_hints(arguments: dict[str, Any], several: dict[str, int], hint: str) -> None:
    kind: Any = type("Kind", (Upload,), {}, **arguments)

    class Own(BaseModel):
        file: Annotated[list[kind], Field(**several)] if several else kind  # type: ignore[valid-type]

    assert Form(Own).bind(None, "nb").bound_control("file").hint == hint


def test_own_hint() -> None:
    class Own(BaseModel):
        file: Annotated[Receipt, Ask(hint="Skann den.", attributes={"accept": ".pdf", "capture": True})]

    html = Form(Own).bind(None, "nb").control("file")
    assert ">Skann den.</p>" in html
    assert 'accept=".pdf" capture=""' in html


def test_optional() -> None:
    optional = {each.control.name for each in FORM.bind(None, "nb").bound_controls() if each.marked_optional}
    assert optional == {"contract", "others"}


@pytest.mark.parametrize(
    ("annotation", "default", "value"),
    [
        (list[Receipt], ..., []),
        (list[Receipt], None, None),
        (list[Receipt] | None, ..., None),
        (Annotated[list[Annotated[Receipt, Ask()]], Field(max_length=2)], ..., []),
        (Receipt | None, ..., None),
    ],
)
def test_left_empty(annotation: Any, default: object, value: object) -> None:
    own = type("Own", (BaseModel,), {"__annotations__": {"file": annotation}, **({} if default is ... else {"file": default})})
    bound = Form(own).bind({}, "nb")
    assert bound.is_valid
    assert bound.value.file == value  # type: ignore[union-attr]


def test_no_widget() -> None:
    class Own(BaseModel):
        file: Annotated[Receipt, Ask(widget="textarea")]

    with pytest.raises(TypeError, match=r"Own\.file: a form has no widget 'textarea' for Receipt"):
        Form(Own)


def test_enctype() -> None:
    class Plain(BaseModel):
        code: PostalCode

    assert FORM.bind(None).enctype == "multipart/form-data"
    assert Form(Plain).bind(None).enctype == "application/x-www-form-urlencoded"


def test_chosen_again() -> None:
    """A rejected form cannot keep a file, and says so where the file itself is right."""
    bound = bound_to(("code", "1"), ("contract", sent("a.exe", EXE)))
    notes = {each.control.name: each.note for each in bound.bound_controls()}
    again = "Filene må velges på nytt."
    assert notes == {"code": "", "receipt": "Filen må velges på nytt.", "pictures": again, "contract": "", "others": ""}
    assert 'aria-describedby="receipt-hint receipt-note"' in bound.control("receipt")
    assert {each.note for each in bound_to().bound_controls()} == {""}


def test_names_of_rejected_files() -> None:
    """Beside the error, which names none, a list of files tells which of them are wrong."""
    files = [sent("a.pdf", PDF), sent("../<b>.exe", EXE), sent("c.exe", EXE)]
    bound = bound_to(*(("pictures", file) for file in files))
    assert bound.bound_control("pictures").note == "Kan ikke brukes: _b_.exe, c.exe. Filene må velges på nytt."
    assert "exe" not in repr(bound.errors)


def test_draft() -> None:
    assert bound_to(("code", "1")).draft == {"code": "1"}


def test_initial() -> None:
    """An input cannot show a file."""
    initial = {"receipt": "a.pdf", "pictures": [object()], "contract": Receipt.stored("b.pdf")}
    bound = FORM.bind(None, "nb", initial=initial)
    assert "a.pdf" not in bound.render()
    assert bound.draft == {"code": None}


class FieldFile:
    """As Django has stored files."""

    name = "receipts/2016/a.pdf"

    @property
    def file(self) -> object:
        raise AssertionError("opened")


class UnnamedFile(FieldFile):
    """As Django has a file that is not stored."""

    name = ""


@pytest.mark.parametrize("stored", ["a.pdf", "/srv/a.pdf", Path("/srv/a.pdf"), FieldFile(), Receipt.stored("a.pdf")])
def test_given(stored: object) -> None:
    """A stored file need not be chosen again; a new one replaces it."""
    bound = bound_to(("receipt", NOTHING), given={"receipt": stored})
    assert bound.value
    assert (bound.value.receipt.is_stored, bound.value.receipt.filename) == (True, "a.pdf")
    replaced = bound_to(given={"receipt": stored}).value
    assert replaced
    assert not replaced.receipt.is_stored
    control = FORM.bind(None, "nb", given={"receipt": stored}).bound_control("receipt")
    assert control.note == "Lastet opp fra før: a.pdf. La feltet stå tomt for å beholde det."
    assert not control.marked_optional
    assert control.hint == "PNG eller PDF, høyst 5 MB."


@pytest.mark.parametrize("stored", [None, "", " ", [], [None], UnnamedFile()])
def test_nothing_given(stored: object) -> None:
    """An empty column is no stored file: the file has to be chosen."""
    bound = bound_to(("receipt", NOTHING), given={"receipt": stored})
    assert [(each.name, each.key) for each in bound.errors] == [("receipt", Phrase.UPLOAD_REQUIRED)]
    several = bound_to(("pictures", NOTHING), given={"pictures": [stored, "a.pdf", "b.pdf"]}).value
    assert several
    assert [each.filename for each in several.pictures] == ["a.pdf", "b.pdf"]


class Attachments(BaseModel):
    pictures: list[Receipt] = []
    optional: Receipt | None = None


class Letter(BaseModel):
    files: Attachments = Attachments()


@pytest.mark.parametrize("stored", [None, "", [], [None], UnnamedFile()])
def test_nothing_given_for_optional_files(stored: object) -> None:
    given = {"pictures": stored, "optional": stored}
    assert Form(Attachments).bind({}, "nb", given=given).value == Attachments()
    assert Form(Letter).bind({}, "nb", given={"files": given}).value == Letter()


def test_given_in_group_that_was_left_blank() -> None:
    value = Form(Letter).bind({}, "nb", given={"files": {"optional": "a.pdf"}}).value
    assert value
    assert value.files.optional
    assert value.files.optional.filename == "a.pdf"


def test_several_given() -> None:
    bound = bound_to(("pictures", NOTHING), given={"pictures": ["a.pdf", "b.pdf"]})
    assert bound.value
    assert [each.filename for each in bound.value.pictures] == ["a.pdf", "b.pdf"]
    assert "Lastet opp fra før: a.pdf, b.pdf." in bound.control("pictures")


def test_own_kept_text() -> None:
    class Own(BaseModel):
        file: Annotated[Receipt, Ask(kept="Vi har {filenames}.")]

    assert Form(Own).bind(None, "nb", given={"file": "a.pdf"}).bound_control("file").note == "Vi har a.pdf."


@pytest.mark.parametrize(
    ("stored", "shown"), [("x/a.pdf", "a.pdf"), (None, "Ikke oppgitt"), (["a.pdf", "<b>.pdf"], "a.pdf<br>_b_.pdf")]
)
def test_read_only(stored: object, shown: str) -> None:
    class One(BaseModel):
        file: Receipt | None = None

    class Several(BaseModel):
        file: list[Receipt] = []

    form: Form[Any] = Form(Several if isinstance(stored, list) else One, read_only=["file"])
    bound = form.bind({"file": sent("new.pdf", PDF)}, "nb", given={"file": stored} if stored else {})
    assert f">{shown}</p>" in bound.render()
    assert bound.value
    assert "new.pdf" not in repr(bound.value.model_dump(mode="json"))


@pytest.mark.parametrize(
    "files", [{"receipt": sent("a.pdf", PDF)}, {"receipt": [sent("a.pdf", PDF)]}, MultiDict({"receipt": sent("a.pdf", PDF)})]
)
def test_files_apart(files: Any) -> None:
    class Own(BaseModel):
        code: PostalCode
        receipt: Receipt
        several: list[Receipt] = []

    form = Form(Own)
    assert form.bind({"code": "0357"}, files=files).is_valid
    assert form.bind({"code": ["0357"], "receipt": "a.pdf"}, files=files).is_valid
    assert not form.bind({"code": "0357"}, files={}).is_valid
    assert not form.bind(None, files=files).is_sent


def test_project_errors() -> None:
    def small(file: Receipt) -> Receipt:
        if file.size > 10:
            raise FieldError("Filen har for mange sider.")
        return file

    class Own(BaseModel):
        receipt: Annotated[Receipt, AfterValidator(small), Ask(messages={"required": "Hvor er kvitteringen?"})]

    form = Form(Own)
    assert form.bind({"receipt": sent("a.pdf", PDF)}).errors[0].message == "Filen har for mange sider."
    assert form.bind({}).errors[0].message == "Hvor er kvitteringen?"
    bound = form.bind({"receipt": sent("a.pdf", PDF[:9])})
    bound.add_error("receipt", "Filen har virus.")
    assert bound.errors[0].message == "Filen har virus."


class Beside(BaseModel):
    code: PostalCode
    receipt: Receipt | None = None

    @model_validator(mode="after")
    def together(self) -> Beside:
        return self


def test_no_questions_about_files() -> None:
    """A browser sends a file only with the whole form, on which the other fields then have to wait."""
    form = Form(Beside, name="beside")
    assert {name: each.asks() for name, each in form.controls.items()} == {"code": Asks.SUBMIT, "receipt": Asks.SUBMIT}
    client = TestClient(Starlette(routes=[Mount("/nofields", assets([form, FORM]))]))
    answer = client.post("/nofields/check/beside", json={"name": "receipt", "value": "C:\\fakepath\\a.pdf"})
    assert answer.status_code == 404
    answer = client.post("/nofields/check/Expense", json={"name": "code", "value": "1", "values": {"receipt": "a.pdf"}})
    assert answer.json()["error"]["key"] == "POSTAL_CODE_ERROR"


def body(*parts: tuple[str, str | None, bytes]) -> tuple[bytes, str]:
    """A multipart body as browsers write it, and its content type."""
    lines: list[bytes] = []
    for name, filename, content in parts:
        file = "" if filename is None else f'; filename="{filename}"\r\nContent-Type: application/octet-stream'
        lines.append(f'--x\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode() + content + b"\r\n")
    return b"".join(lines) + b"--x--\r\n", "multipart/form-data; boundary=x"


def by_flask(content: bytes, content_type: str) -> str:
    app = Flask(__name__)

    @app.post("/")
    def expense() -> str:
        return described(FORM.bind(request.form, "nb", files=request.files))

    return app.test_client().post("/", data=content, content_type=content_type).text


def by_django(content: bytes, content_type: str) -> str:
    from django.core.handlers.wsgi import WSGIRequest

    django_site.configure()
    environ = EnvironBuilder(method="POST", data=content, content_type=content_type).get_environ()
    sent_request = WSGIRequest(environ)
    return described(FORM.bind(sent_request.POST, "nb", files=sent_request.FILES))


def by_starlette(content: bytes, content_type: str) -> str:
    async def expense(request: Request) -> Response:
        async with request.form() as data:
            return PlainTextResponse(described(FORM.bind(data, "nb")))

    client = TestClient(Starlette(routes=[Route("/", expense, methods=["POST"])]))
    return client.post("/", content=content, headers={"Content-Type": content_type}).text


def described(bound: Bound[Expense]) -> str:
    if (value := bound.value) is None:
        return "; ".join(f"{error.name}: {error.message}" for error in bound.errors)
    files = [value.receipt, *value.pictures, *value.others, *([value.contract] if value.contract else [])]
    return "; ".join(f"{each.filename} {each.content_type} {each.size}" for each in files)


each_framework = pytest.mark.parametrize("framework", [by_flask, by_django, by_starlette])
FILES = [("code", None, b"0357"), ("receipt", "a.pdf", PDF), ("pictures", "b.png", PNG), ("pictures", "c.pdf", PDF)]
EMPTY = [("contract", "", b""), ("others", "", b"")]


@each_framework
def test_frameworks(framework: Callable[[bytes, str], str]) -> None:
    content, content_type = body(*FILES, *EMPTY)
    size = len(PDF)
    expected = f"a.pdf application/pdf {size}; b.png image/png {len(PNG)}; c.pdf application/pdf {size}"
    assert framework(content, content_type) == expected


@each_framework
def test_frameworks_with_large_files(framework: Callable[[bytes, str], str]) -> None:
    """Frameworks write such a file to the disk, and hand over an object of another kind."""
    large = PDF + bytes(4 * 2**20)
    content, content_type = body(*FILES, ("contract", "../../d.pdf", large))
    assert framework(content, content_type).endswith(f"; d.pdf application/pdf {len(large)}")


@each_framework
def test_frameworks_with_errors(framework: Callable[[bytes, str], str]) -> None:
    content, content_type = body(("code", None, b"0357"), ("receipt", "", b""), ("pictures", "a.exe", EXE), *FILES[2:], *EMPTY)
    assert framework(content, content_type) == "receipt: Velg en fil.; pictures: Velg en fil av typen PNG eller PDF."


def test_without_enctype() -> None:
    """Browsers send the name of the file then."""
    content = b"code=0357&receipt=a.pdf&pictures=b.png&pictures=c.pdf"
    described = by_flask(content, "application/x-www-form-urlencoded")
    assert described == "receipt: Filen kom ikke frem. Velg den på nytt.; pictures: Filen kom ikke frem. Velg den på nytt."


def test_flask_object() -> None:
    storage = FileStorage(io.BytesIO(PDF), filename="å.pdf")
    assert Receipt(storage).filename == "å.pdf"


app = FastAPI()


@app.post("/")
async def expense(expense: Annotated[Expense, File()]) -> str:
    return expense.receipt.file.read().decode()


def test_fastapi() -> None:
    """A model with files is one parameter, of a multipart body."""
    client = TestClient(app)
    content, content_type = body(*FILES, ("others", "a.pdf", PDF))
    answer = client.post("/", content=content, headers={"Content-Type": content_type})
    assert answer.json() == PDF.decode()
    content, content_type = body(*FILES, ("others", "30108299920.pdf", EXE))
    answer = client.post("/", content=content, headers={"Content-Type": content_type})
    (error,) = answer.json()["detail"]
    assert (error["loc"], error["type"], error["input"]) == (["body", "others", 0], "UPLOAD_CONTENT", "***")


def test_fastapi_openapi() -> None:
    described = TestClient(app).get("/openapi.json").json()
    assert [*described["paths"]["/"]["post"]["requestBody"]["content"]] == ["multipart/form-data"]
    properties = described["components"]["schemas"]["Expense"]["properties"]
    assert properties["receipt"] == {"type": "string", "format": "binary", "title": "Receipt"}
    assert properties["pictures"]["items"] == {"type": "string", "format": "binary"}
