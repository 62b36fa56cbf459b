"""Calls of the public API with a secret: one function for each public name that receives values."""

from __future__ import annotations

import inspect
import io
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
from fastapi import FastAPI, Request
from pydantic import BaseModel, TypeAdapter
from starlette.datastructures import UploadFile
from starlette.testclient import TestClient

from helpers.altinn_site import ORGNR
from helpers.canaries import LeakDetector
from helpers.values import LANGUAGES
from nofields import (
    AltinnPassword,
    DateRange,
    NationalIdentityNumber,
    OrganisationNumber,
    Text,
    localize,
    located,
    message,
    negotiate,
    tasks_waiting,
)
from nofields.altinn import (
    AltinnSettings,
    DataSystemRegistration,
    SQLiteStore,
    documented_check,
    load_key,
    new_key,
)
from nofields.audit.auditing import audit
from nofields.audit.guess import guess_fields, secret_columns
from nofields.audit.opening import open_source
from nofields.audit.report import outline, report
from nofields.columns import check
from nofields.fields import BY_NAME
from nofields.forms import Form, Upload
from nofields.languages import cldr
from nofields.messages import explanation
from nofields.postal_register import parse, replace
from nofields.web import install, problem_response

SECRET_FIELDS = (AltinnPassword, NationalIdentityNumber)


class Person(BaseModel):
    number: NationalIdentityNumber
    password: AltinnPassword
    orgnr: OrganisationNumber = OrganisationNumber(ORGNR)
    others: dict[NationalIdentityNumber, str] = {}


class PersonForm(BaseModel):
    """The same person, with only such fields as a form can have."""

    number: NationalIdentityNumber
    password: AltinnPassword
    orgnr: OrganisationNumber
    name: Text | None = None


def members(of: object, arguments: Mapping[str, tuple[Any, ...]], excluded: Mapping[str, str]) -> Iterator[Any]:
    """Yield the value of every public member of an object; fail if ``arguments`` lacks what a method requires."""
    for name in dir(of):
        if name.startswith("_") or name in excluded:
            continue
        member = getattr(of, name)
        if callable(member):
            inspect.signature(member).bind(*arguments.get(name, ()))
        yield member(*arguments.get(name, ())) if callable(member) else member


#: Members of ``Checked`` that contain the valid values.
RETURNS_VALUES = {"clean": "the clean column, which was requested"}


def columns(detector: LeakDetector, secret: str) -> None:
    texts = [secret, "974760673", None]
    wrong = [
        [secret, 5],
        [5, secret],
        [f"{secret}\ud800", 5],
        [[secret]],
        [secret.encode()],
        {secret: 1},
        secret,
        secret.encode(),
    ]
    accepted = [texts, [f"{secret}\ud800"], pa.array(texts), pa.array(texts).dictionary_encode(), pa.chunked_array([texts])]
    frames = [pl.Series(texts), pd.Series(texts), pd.Series([secret, 5]), pd.Series([f"{secret}\ud800"], dtype=object)]
    for column in (*wrong, *accepted, *frames):
        for field in (OrganisationNumber, *SECRET_FIELDS):
            detector.call(lambda field=field, column=column: list(members(check(field, column), {}, RETURNS_VALUES)))
        detector.call(check, column, OrganisationNumber)  # in the wrong order
        detector.call(check, DateRange, column)
    for field in BY_NAME.values():
        detector.call(lambda field=field: list(members(check(field, [secret]), {}, RETURNS_VALUES)))


#: Members that show typed values again, to be corrected; never of a field for secrets.
SHOWN_AGAIN = dict.fromkeys(("render", "control", "view", "views"), "what was typed")
FORM = Form(PersonForm)
OF_A_CONTROL = {"error": ("number",), "control": ("number",), "view": ("number",), "title": ("Skjema",)}
OF_THE_FORM = OF_A_CONTROL | {"is_optional": (FORM.controls["number"],)}


def forms(detector: LeakDetector, secret: str) -> None:
    secrets = {"number": secret, "password": secret}
    for language in LANGUAGES:
        for sent in ({**secrets, "orgnr": ORGNR}, secrets, {**secrets, "orgnr": [ORGNR, secret], secret: secret}):
            bound = FORM.bind(sent, language, initial=secrets)
            detector.call(lambda bound=bound: [repr(bound), *members(bound, OF_THE_FORM, {})])
        detector.call(lambda language=language: list(members(FORM.bind(None, language, initial=secrets), OF_THE_FORM, {})))
        wrong = FORM.bind({"orgnr": f"x{secret}", "name": f"\x00{secret}"}, language)
        detector.call(lambda wrong=wrong: [repr(wrong), *members(wrong, OF_THE_FORM, SHOWN_AGAIN)])


class Receipt(Upload, types=(".pdf",)): ...


def uploads(detector: LeakDetector, secret: str) -> None:
    """A secret as the name of a file, and as its content."""
    for content, name in product((b"%PDF-1.7", secret.encode()), (f"{secret}.pdf", secret, f"../{secret}/")):
        for kind in (Upload, Receipt):
            sent = UploadFile(io.BytesIO(content), filename=name)
            detector.call(kind, sent)
            detector.call(kind.problem, sent)
            detector.call(TypeAdapter(list[kind]).validate_python, [sent])  # type: ignore[valid-type]
    detector.call(Receipt.stored, secret)


def app_with_secrets(secret: str) -> FastAPI:
    """An app with a field for secrets in every part of a request."""
    app = FastAPI()
    install(app, server_errors=True)

    @app.post("/people")
    def people(person: Person) -> str:
        return "accepted"

    @app.post("/raised")
    async def raised(request: Request) -> str:
        TypeAdapter(list[Person]).validate_python([await request.json()])
        NationalIdentityNumber(f"{secret}x")
        return "accepted"

    @app.get("/path/{number}")
    def path(number: NationalIdentityNumber, password: AltinnPassword | None = None) -> str:
        return "accepted"

    return app


def problems(detector: LeakDetector, secret: str) -> None:
    visitor = TestClient(app_with_secrets(secret), raise_server_exceptions=False)
    right = {"number": "21906923790", "password": "HemmelegKanari1"}
    bodies: list[Any] = [right | {"number": secret}, right | {"password": secret}, {"number": secret}, {"password": secret}]
    bodies += [right | {"orgnr": secret}, right | {"others": {secret: "x"}}, {secret: secret}, [secret], secret]
    answers = [visitor.post(path, json=body) for body in bodies for path in ("/people", "/raised")]
    answers += [visitor.post("/people", content=f'{{"number": "{secret}'), visitor.post("/people", data={"number": secret})]
    answers += [visitor.get(f"/path/{secret}"), visitor.get("/path/x", params={"password": f"{secret}!"})]
    assert {answer.status_code for answer in answers} <= {200, 422}
    detector.shown += [part for answer in answers for part in (answer.text, str(answer.headers))]
    request = Request({"type": "http", "headers": [(b"accept-language", secret.encode())]})
    for field in SECRET_FIELDS:
        detector.call(lambda field=field: problem_response(request, error_of(field, f"{secret}!")).body)


def error_of(field: Any, value: object) -> Exception:
    """The error that pydantic raises for a value."""
    try:
        TypeAdapter(field).validate_python(value)
    except ValueError as error:
        return error
    raise AssertionError("it was accepted")


def localized(detector: LeakDetector, secret: str) -> None:
    for field in BY_NAME.values():
        adapter = TypeAdapter(dict[str, list[field]])  # type: ignore[valid-type]
        detector.call(adapter.validate_python, {"x": [f"{secret} æ"]})
        detector.call(adapter.validate_json, f'{{"x": ["{secret} æ"]}}')
        for language in (*LANGUAGES, secret):
            detector.call(localize, error_of(field, f"{secret} æ"), language)
        keys, values = dict[field, str], dict[str, field]  # type: ignore[valid-type]
        for kind in (keys, values):
            detector.call(lambda kind=kind: localize(error_of(kind, {secret: "x"}), model=kind))
            detector.call(lambda kind=kind: located.problems(error_of(kind, {secret: "x"}), kind))


def store(detector: LeakDetector, secret: str) -> None:
    """Use the store while a reader has its file open, so that SQLite keeps the -wal file."""
    file, key = Path("altinn.db"), new_key()
    for old in Path.cwd().glob("altinn.db*"):
        old.unlink()
    database = SQLiteStore(file, key)
    with closing(sqlite3.connect(file)) as reader:
        reader.execute("BEGIN").execute("SELECT * FROM settings").fetchall()
        database.register(DataSystemRegistration(description="x", system_type="other", password=AltinnPassword("Fjell2024")))
        use_store(detector, database, secret)
        assert Path("altinn.db-wal").stat().st_size
        detector.assert_no_leak()
        detector.call(SQLiteStore, file, new_key())
        with closing(sqlite3.connect(file)) as other:
            other.execute("UPDATE settings SET orgnr = '991825827'").connection.commit()
        detector.call(database.settings, OrganisationNumber("991825827"))


def use_store(detector: LeakDetector, database: SQLiteStore, secret: str) -> None:
    def registered() -> list[object]:
        data_system = DataSystemRegistration(description="x", system_type="accounting", password=secret)
        return [data_system, database.registration(database.register(data_system))]

    def saved(system_id: str, version: str) -> list[object]:
        settings = AltinnSettings(orgnr=ORGNR, system_id=system_id, password=secret, language="nb")
        return [settings, documented_check(settings), database.save(settings, version), database.settings(settings.orgnr)]

    detector.call(registered)
    for system_id, version in (("12345", "0"), ("12345", "0"), ("12345", "1"), (f"{secret} æ", "2"), ("1", secret)):
        detector.call(saved, system_id, version)
    detector.call(database.registration, secret)


def keys(detector: LeakDetector, secret: str) -> None:
    file = detector.inputs / "key"
    file.write_text(secret)
    file.chmod(0o600)
    detector.call(load_key, file)
    file.chmod(0o644)
    detector.call(load_key, file)


def files(detector: LeakDetector, secret: str) -> None:
    """Readable and unreadable files that contain a secret."""
    text = f"orgnr;fnr;passord\n{ORGNR};{secret};{secret}\n{secret} æ;1;2\n{secret};3\n"
    whole = text.encode()
    broken = [whole + b"\xff", whole[3:], f'{text}"{secret}'.encode(), whole + b"\0", b"PAR1" + whole, b"ARROW1" + whole]
    wide = [b"\xff\xfe" + text.encode("utf-16-le"), b"\xff\xfe" + text.encode("utf-16-le") + b"\x00\xdc\x00\xdc"]
    named = [(whole, encoding) for encoding in ("ascii", "utf-32", "idna", "punycode", "nothing")]
    for number, (content, encoding) in enumerate([(each, None) for each in (whole, *broken, *wide)] + named):
        file = detector.inputs / f"{number}.csv"
        file.write_bytes(content)
        detector.call(audited, str(file), encoding)


def audited(file: str, encoding: str | None) -> list[object]:
    fields = {"orgnr": OrganisationNumber, "fnr": NationalIdentityNumber, "passord": AltinnPassword}
    source = open_source(file, encoding)
    summary = audit(source, {name: field for name, field in fields.items() if name in source.columns}, empty_is_null=True)
    return [summary, list(summary.columns.values()), *(report(summary, language) for language in LANGUAGES)]


def texts(detector: LeakDetector, secret: str) -> None:
    for key in ("SSN_ERROR", "TEXT_FIELD_LENGTH_ERROR"):
        detector.call(message, key, secret)
    detector.call(tasks_waiting, 3, secret)
    detector.call(explanation, "required", secret, {})
    detector.call(negotiate, f"{secret}, nn;q=0.5")


def registers(detector: LeakDetector, secret: str) -> None:
    for read in (parse, replace):
        detector.call(read, f"{secret}\t{secret}\n".encode())


def with_one_argument(*calls: Callable[[str], object]) -> Callable[[LeakDetector, str], None]:
    """Return a function that calls each of ``calls`` with the secret alone."""

    def call_each(detector: LeakDetector, secret: str) -> None:
        for call in calls:
            detector.call(call, secret)

    return call_each


def model(kind: type[BaseModel], **right: str) -> Callable[[LeakDetector, str], None]:
    """Return a function that makes a model with the secret as its password."""

    def call_each(detector: LeakDetector, secret: str) -> None:
        detector.call(lambda: kind(**right, password=secret))
        detector.call(lambda: str(kind(**right, password=secret)))

    return call_each


CALLS: dict[str, Callable[[LeakDetector, str], None]] = {
    "nofields.localize": localized,
    "nofields.localization.localize": localized,
    "nofields.localization.localized": localized,
    "nofields.message": texts,
    "nofields.negotiate": texts,
    "nofields.languages.negotiate": texts,
    "nofields.languages.cldr": with_one_argument(cldr),
    "nofields.tasks_waiting": texts,
    "nofields.columns.check": columns,
    "nofields.columns.Checked": columns,
    "nofields.forms.Form": forms,
    "nofields.forms.Bound": forms,
    "nofields.forms.Upload": uploads,
    "nofields.web.install": problems,
    "nofields.web.problem_response": problems,
    "nofields.altinn.SQLiteStore": store,
    "nofields.altinn.documented_check": store,
    "nofields.altinn.load_key": keys,
    "nofields.altinn.AltinnSettings": model(AltinnSettings, orgnr=ORGNR, system_id="1", language="nb"),
    "nofields.altinn.DataSystemRegistration": model(DataSystemRegistration, description="x", system_type="other"),
    "nofields.audit.opening.open_source": files,
    "nofields.audit.auditing.audit": files,
    "nofields.audit.report.report": files,
    "nofields.audit.report.outline": with_one_argument(outline),
    "nofields.audit.guess.guess_fields": with_one_argument(lambda secret: guess_fields([secret])),
    "nofields.audit.guess.secret_columns": with_one_argument(lambda secret: secret_columns([secret])),
    "nofields.postal_register.parse": registers,
    "nofields.postal_register.replace": registers,
}
