"""The private key that signs the grants to Maskinporten.

PyJWT signs: it is small, typed, and the most used library for it in Python. RS256 alone is used, so
that only RSA keys are accepted.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from nofields.altinn.secret_files import KeyFileError, read_secret

#: The private key of the vendor's client in Maskinporten.
#:
#: Values: PEM or a JWK.
#:
#: Default: none; the key file is read then.
#:
#: Read by: ``nofields.altinn.maskinporten.load_signing_key`` and ``nofields altinn``, when they start.
VARIABLE = "NOFIELDS_MASKINPORTEN_KEY"
ALGORITHM: Final = "RS256"
#: In bits. Source: NIST SP 800-131A.
_MIN_BITS: Final = 2048
#: In bytes: a JWK of an RSA key with 16384 bits has fewer.
_MAX_BYTES: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class HiddenKey:
    """The text of a key, or a JWK. A tool that shows local variables, as of a traceback, does not show it."""

    value: str | Mapping[str, object] = field(repr=False)


class SigningKey:
    """A private RSA key with its ID. ``repr`` shows neither.

    Args:
        key: PEM, or a JWK as text or dictionary; hidden where a frame of a traceback has it.
        kid: The key's ID. Default: the JWK's own.

    Raises:
        ValueError: The key is malformed or not a private RSA key of 2048 bits or more, or has no ID or
            another one. The text does not show the key.
    """

    def __init__(self, key: HiddenKey | str | Mapping[str, object], kid: str | None) -> None:
        hidden = key if isinstance(key, HiddenKey) else HiddenKey(key)
        del key
        parts = _parts(hidden, kid)
        if isinstance(parts, str):
            raise ValueError(parts)
        self._key, self._kid = parts

    def sign(self, claims: Mapping[str, object]) -> str:
        """Return a signed JWT. Its header has only the members that Digdir documents."""
        return jwt.encode(dict(claims), self._key, algorithm=ALGORITHM, headers={"kid": self._kid, "typ": ""})

    def __repr__(self) -> str:
        return f"{type(self).__name__}(***)"

    def __reduce__(self) -> str | tuple[object, ...]:
        raise TypeError("a private key is not pickled or copied")


def load_signing_key(file: Path | None = None) -> str:
    """Return the text of the key in ``NOFIELDS_MASKINPORTEN_KEY``, or else in a file.

    Args:
        file: The key file, with PEM or a JWK. Only its owner may be able to read it.

    Raises:
        KeyFileError: There is no key, or the file cannot be read, can be read by others, or is owned by a
            user other than this one and root. The text names the variable or the file, never the key.
    """
    if value := os.environ.get(VARIABLE):
        return value.strip()
    if file is None:
        raise KeyFileError(f"no key: set {VARIABLE}, or name a key file")
    try:
        return read_secret(file, VARIABLE, _MAX_BYTES).decode()
    except OSError as error:
        raise KeyFileError(f"{file}: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise KeyFileError(f"{file} holds no key: PEM or a JWK is expected") from None


def _parts(hidden: HiddenKey, kid: str | None) -> tuple[RSAPrivateKey, str] | str:
    """Return a key and its ID, or what is wrong. An exception from within would have frames with the key."""
    try:
        jwk = _jwk(hidden.value)
        key = _pem_key(str(hidden.value)) if jwk is None else _jwk_key(jwk)
        if key.key_size < _MIN_BITS:
            raise ValueError(f"key has {key.key_size} bits: {_MIN_BITS} or more are needed")
        return key, _checked_kid(kid, (jwk or {}).get("kid"))
    except ValueError as error:
        return str(error)


def _jwk(key: object) -> Mapping[str, object] | None:
    """Return the JWK, or ``None`` for PEM."""
    if isinstance(key, Mapping):
        return key
    if not isinstance(key, str):
        raise ValueError("key must be PEM text, or a JWK as text or dictionary")
    if not key.lstrip().startswith("{"):
        return None
    try:
        value = json.loads(key)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise ValueError("key begins like a JWK but is not JSON")
    return value


def _pem_key(pem: str) -> RSAPrivateKey:
    problem = "key is neither PEM of a private key nor a JWK"
    try:
        key = load_pem_private_key(pem.strip().encode(), password=None)
    except TypeError:
        problem, key = "key is encrypted: decrypt the PEM first", None
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if key is None:
        raise ValueError("key is a public key: the private one is needed" if "PUBLIC KEY" in pem else problem)
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("key is not an RSA key: only RS256 is used")
    return key


def _jwk_key(jwk: Mapping[str, object]) -> RSAPrivateKey:
    if isinstance(jwk.get("keys"), list):
        raise ValueError("key is a JWK set: pass one of its keys")
    if jwk.get("kty") != "RSA" or jwk.get("alg", ALGORITHM) != ALGORITHM:
        raise ValueError(f"key is not an RSA key for {ALGORITHM}, which alone is used")
    if "d" not in jwk:
        raise ValueError("key is a public key: the private one is needed")
    try:
        key = jwt.algorithms.RSAAlgorithm.from_jwk(dict(jwk))
    except (jwt.InvalidKeyError, ValueError, TypeError, AttributeError, KeyError, OverflowError):
        key = None
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("key is a JWK that is damaged or lacks a member")
    return key


def _checked_kid(kid: object, own: object) -> str:
    """Return the key's ID: the argument, or the JWK's own."""
    if kid is None and own is None:
        raise ValueError("kid is missing: the key's ID in Maskinporten is needed")
    if kid is not None and own is not None and kid != own:
        raise ValueError("kid is not the one in the JWK")
    chosen = own if kid is None else kid
    if not isinstance(chosen, str) or not chosen.strip():
        raise ValueError("kid must be text that is not empty")
    return chosen
