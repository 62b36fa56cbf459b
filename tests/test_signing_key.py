"""The private key of a Maskinporten client: its forms, and what is rejected without showing it."""

from __future__ import annotations

import copy
import json
import pickle
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc import jwt
from joserfc.jwk import ECKey

from helpers.altinn3.counterpart import KID, key
from nofields.altinn import KeyFileError
from nofields.altinn.client.signing_key import VARIABLE, SigningKey, load_signing_key

PRIVATE = key(KID)
PEM = PRIVATE.as_pem(private=True).decode()
JWK: dict[str, Any] = dict(PRIVATE.as_dict(private=True))
PUBLIC_PEM = PRIVATE.as_pem(private=False).decode()


def pkcs1(private: RSAPrivateKey) -> str:
    """A key in the older of the two forms of PEM."""
    return private.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()).decode()


#: The keys are new in every process: a test is named for what it is given.
FORMS: dict[str, tuple[str | dict[str, Any], str | None]] = {
    "PEM": (PEM, KID),
    "PEM with white space": (f"\n  {PEM}\n", KID),
    "PEM of Windows": (PEM.replace("\n", "\r\n"), KID),
    "older PEM": (pkcs1(PRIVATE.private_key), KID),
    "JWK": (JWK, None),
    "JWK and its ID": (JWK, KID),
    "JWK as text": (json.dumps(JWK), None),
    "JWK as indented text": (f" {json.dumps(JWK, indent=2)}\n", None),
    "JWK with its use": ({**JWK, "alg": "RS256", "use": "sig"}, None),
    "JWK of the least members": ({name: JWK[name] for name in ("kty", "n", "e", "d", "kid")}, None),
}


@pytest.mark.parametrize(("given", "kid"), FORMS.values(), ids=FORMS)
def test_forms(given: str | dict[str, Any], kid: str | None) -> None:
    signed = jwt.decode(SigningKey(given, kid).sign({"a": 1}), PRIVATE, algorithms=["RS256"])
    assert (signed.header, signed.claims) == ({"alg": "RS256", "kid": KID}, {"a": 1})


WITHOUT_KID = {name: value for name, value in JWK.items() if name != "kid"}


REJECTED: dict[str, tuple[Any, str | None, str]] = {
    "PEM without an ID": (PEM, None, "kid is missing"),
    "JWK without an ID": (WITHOUT_KID, None, "kid is missing"),
    "another ID": (JWK, "another", "kid is not the one"),
    "blank ID": (PEM, " ", "kid must be text"),
    "number as ID": ({**JWK, "kid": 7}, None, "kid must be text"),
    "public PEM": (PUBLIC_PEM, KID, "public key"),
    "public JWK": (dict(PRIVATE.as_dict(private=False)), KID, "public key"),
    "encrypted PEM": (PRIVATE.as_pem(private=True, password="Kanari").decode(), KID, "encrypted"),
    "cut PEM": (PEM[:200], KID, "neither PEM of a private key nor a JWK"),
    "broken PEM": (PEM.replace("-----BEGIN", "----BEGIN"), KID, "neither PEM"),
    "nothing": ("", KID, "neither PEM"),
    "lone surrogate": ("\udcff", KID, "neither PEM"),
    "None": (None, KID, "must be PEM text"),
    "bytes": (PEM.encode(), KID, "must be PEM text"),
    "cut JWK": (json.dumps(JWK)[:-9], None, "not JSON"),
    "nested text": ("{" * 50_000, None, "not JSON"),
    "JWK set": ({"keys": [JWK]}, KID, "JWK set"),
    "RS512": ({**JWK, "alg": "RS512"}, None, "RS256"),
    "PS256": ({**JWK, "alg": "PS256"}, None, "RS256"),
    "short modulus": ({**JWK, "n": JWK["n"][:-40]}, None, "damaged"),
    "malformed exponent": ({**JWK, "d": "!"}, None, "damaged"),
    "number as exponent": ({**JWK, "d": 7}, None, "damaged"),
    "JWK without a member": ({name: value for name, value in JWK.items() if name != "qi"}, None, "lacks a member"),
    "PEM of a curve": (ECKey.generate_key("P-256").as_pem(private=True).decode(), KID, "not an RSA key"),
    "JWK of a curve": (dict(ECKey.generate_key("P-256").as_dict(private=True)), KID, "not an RSA key"),
    "short key": (pkcs1(generate_private_key(65537, 1024)), KID, "1024 bits"),
}


@pytest.mark.parametrize(("given", "kid", "message"), REJECTED.values(), ids=REJECTED)
def test_rejected(given: Any, kid: str | None, message: str) -> None:
    with pytest.raises(ValueError, match=message) as caught:
        SigningKey(given, kid)
    shown = "".join(traceback.format_exception(caught.value))
    assert not [part for part in (JWK["d"][:20], JWK["n"][:20], PEM[100:120], "Kanari") if part in shown]
    assert caught.value.__context__ is None  # json's error has the text that it could not read


@pytest.mark.parametrize("show", [repr, str, "{}".format])
def test_repr(show: Callable[[object], str]) -> None:
    assert show(SigningKey(JWK, None)) == "SigningKey(***)"


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy, pickle.dumps])
def test_not_copied(duplicate: Callable[[object], object]) -> None:
    with pytest.raises(TypeError, match="not pickled"):
        duplicate(SigningKey(JWK, None))


def test_file(tmp_path: Path) -> None:
    file = tmp_path / "key.pem"
    file.write_text(PEM)
    file.chmod(0o600)
    assert load_signing_key(file) == PEM.strip()


def test_variable_takes_precedence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, json.dumps(JWK))
    assert SigningKey(load_signing_key(tmp_path / "missing"), None)


def _readable(file: Path) -> None:
    file.write_text(PEM)
    file.chmod(0o640)


def _folder(file: Path) -> None:
    file.mkdir()


def _binary(file: Path) -> None:
    file.write_bytes(b"\xff\xfe")
    file.chmod(0o600)


def _nothing(file: Path) -> None:
    """No file."""


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (_readable, r"can be read by others than its owner: chmod 600 .*key\.pem"),
        (_folder, "is a directory"),
        (_binary, "holds no key"),
        (_nothing, "No such file"),
    ],
)
def test_wrong_files(tmp_path: Path, make: Callable[[Path], None], message: str) -> None:
    file = tmp_path / "key.pem"
    make(file)
    with pytest.raises(KeyFileError, match=message):
        load_signing_key(file)


def test_no_key() -> None:
    with pytest.raises(KeyFileError, match=VARIABLE):
        load_signing_key()
