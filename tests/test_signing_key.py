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


@pytest.mark.parametrize(
    ("given", "kid"),
    [
        (PEM, KID),
        (f"\n  {PEM}\n", KID),
        (PEM.replace("\n", "\r\n"), KID),
        (pkcs1(PRIVATE.private_key), KID),
        (JWK, None),
        (JWK, KID),
        (json.dumps(JWK), None),
        (f" {json.dumps(JWK, indent=2)}\n", None),
        ({**JWK, "alg": "RS256", "use": "sig"}, None),
        ({name: JWK[name] for name in ("kty", "n", "e", "d", "kid")}, None),
    ],
)
def test_forms(given: str | dict[str, Any], kid: str | None) -> None:
    signed = jwt.decode(SigningKey(given, kid).sign({"a": 1}), PRIVATE, algorithms=["RS256"])
    assert (signed.header, signed.claims) == ({"alg": "RS256", "kid": KID}, {"a": 1})


WITHOUT_KID = {name: value for name, value in JWK.items() if name != "kid"}


@pytest.mark.parametrize(
    ("given", "kid", "message"),
    [
        (PEM, None, "kid is missing"),
        (WITHOUT_KID, None, "kid is missing"),
        (JWK, "another", "kid is not the one"),
        (PEM, " ", "kid must be text"),
        ({**JWK, "kid": 7}, None, "kid must be text"),
        (PUBLIC_PEM, KID, "public key"),
        (dict(PRIVATE.as_dict(private=False)), KID, "public key"),
        (PRIVATE.as_pem(private=True, password="Kanari").decode(), KID, "encrypted"),
        (PEM[:200], KID, "neither PEM of a private key nor a JWK"),
        (PEM.replace("-----BEGIN", "----BEGIN"), KID, "neither PEM"),
        ("", KID, "neither PEM"),
        ("\udcff", KID, "neither PEM"),
        (None, KID, "must be PEM text"),
        (PEM.encode(), KID, "must be PEM text"),
        (json.dumps(JWK)[:-9], None, "not JSON"),
        ("{" * 50_000, None, "not JSON"),
        ({"keys": [JWK]}, KID, "JWK set"),
        ({**JWK, "alg": "RS512"}, None, "RS256"),
        ({**JWK, "alg": "PS256"}, None, "RS256"),
        ({**JWK, "n": JWK["n"][:-40]}, None, "damaged"),
        ({**JWK, "d": "!"}, None, "damaged"),
        ({**JWK, "d": 7}, None, "damaged"),
        ({name: value for name, value in JWK.items() if name != "qi"}, None, "lacks a member"),
        (ECKey.generate_key("P-256").as_pem(private=True).decode(), KID, "not an RSA key"),
        (dict(ECKey.generate_key("P-256").as_dict(private=True)), KID, "not an RSA key"),
        (pkcs1(generate_private_key(65537, 1024)), KID, "1024 bits"),
    ],
)
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
