"""What goes wrong with Maskinporten: who must act, and what people read."""

from __future__ import annotations

import pickle
import socket
import time
from collections.abc import Callable
from copy import copy
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.altinn3 import COMPANY, FAULTS, OTHER_COMPANY, SCOPE, Answer, Counterpart
from helpers.altinn3.counterpart import KID, key
from nofields.altinn.client.access_token import Token, is_for, payload, token_of
from nofields.altinn.client.connection_error import AltinnError, ConnectionFault
from nofields.altinn.client.http_calls import Answer as Read
from nofields.altinn.client.http_calls import Timing
from nofields.altinn.client.maskinporten_faults import fault_of
from nofields.altinn.client.metadata import Metadata, metadata_of
from nofields.altinn.maskinporten import MaskinportenError
from nofields.catalogs import LANGUAGES
from nofields.keys import Phrase
from nofields.message_templates import PLACEHOLDER, template

SCALARS = st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), st.text())
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)
NAMES = "error error_description access_token token_type expires_in scope issuer token_endpoint authorization_details type ID"
#: Objects that have the members that are looked for.
OBJECTS = st.dictionaries(st.sampled_from(NAMES.split()) | st.text(max_size=3), JSON)


def fault(altinn3: Counterpart, orgnr: str | None = COMPANY, **changes: Any) -> MaskinportenError:
    with pytest.raises(MaskinportenError) as caught:
        altinn3.vendor(**changes).token(orgnr)
    return caught.value


#: Answers of Maskinporten: its error, its description, the company's or the vendor's fault, code and sentence.
TABLE = [
    ("invalid_altinn_customer_configuration", "MP-303: …", "customer", "MP-303", Phrase.FAULT_NOT_APPROVED),
    ("invalid_altinn_customer_configuration", "No system user", "customer", "MP-303", Phrase.FAULT_NOT_APPROVED),
    ("invalid_request", "Invalid (MP-303)", "customer", "MP-303", Phrase.FAULT_NOT_APPROVED),
    ("invalid_grant", "MP-100: Client not found", "vendor", "MP-100", Phrase.FAULT_CLIENT),
    ("invalid_grant", "MP-110: Invalid JWT claim aud", "vendor", "MP-110", Phrase.FAULT_AUDIENCE),
    ("invalid_grant", "MP-120: invalid certificate", "vendor", "MP-120", Phrase.FAULT_KEY),
    ("invalid_grant", "MP-121: Expired key", "vendor", "MP-121", Phrase.FAULT_KEY_EXPIRED),
    ("invalid_grant", "MP-122: organization number", "vendor", "MP-122", Phrase.FAULT_KEY),
    ("invalid_grant", "MP-123: x5c", "vendor", "MP-123", Phrase.FAULT_KEY),
    ("invalid_grant", "MP-124: Invalid JWT signature", "vendor", "MP-124", Phrase.FAULT_KEY),
    ("invalid_grant", "MP-130: JWT is expired", "vendor", "MP-130", Phrase.FAULT_MASKINPORTEN),
    ("invalid_request", "MP-011: Invalid parameter value", "vendor", "MP-011", Phrase.FAULT_MASKINPORTEN),
    ("invalid_grant", "MP-012: Grant is used before", "vendor", "MP-012", Phrase.FAULT_MASKINPORTEN),
    ("invalid_request", "MP-301: Unknown type", "vendor", "MP-301", Phrase.FAULT_MASKINPORTEN),
    ("invalid_request", "MP-302: Unknown fields", "vendor", "MP-302", Phrase.FAULT_MASKINPORTEN),
    ("invalid_scope", "", "vendor", "invalid_scope", Phrase.FAULT_SCOPE),
    ("invalid_scope", "MP-200: invalid scopes for client", "vendor", "MP-200", Phrase.FAULT_SCOPE),
    ("invalid_scope", "MP-201: not allowed", "vendor", "MP-201", Phrase.FAULT_SCOPE),
    ("access_denied", "MP-250: no access to the scope", "vendor", "MP-250", Phrase.FAULT_SCOPE),
    ("access_denied", "MP-251: not delegated", "vendor", "MP-251", Phrase.FAULT_SCOPE),
    ("invalid_grant", "MP-999: something new", "vendor", "MP-999", Phrase.FAULT_MASKINPORTEN),
    ("invalid_grant", "Unknown claims", "vendor", "invalid_grant", Phrase.FAULT_MASKINPORTEN),
    ("<b>error</b>", "", "vendor", "", Phrase.FAULT_MASKINPORTEN),
]


@pytest.mark.parametrize(("error", "description", "who", "code", "phrase"), TABLE)
@pytest.mark.parametrize("status", [400, 401, 403])
def test_table(altinn3: Counterpart, error: str, description: str, who: str, code: str, phrase: str, status: int) -> None:
    body = {"error": error, "error_description": description, "error_uri": "https://docs.digdir.no/"}
    altinn3.maskinporten.fail(Answer(status, body), 1, "/token")
    raised = fault(altinn3)
    assert (raised.who, raised.code, raised.key) == (who, code or str(status), phrase)


@pytest.mark.parametrize(("error", "description", "code"), [(row[0], row[1], row[3]) for row in TABLE if row[2] == "customer"])
def test_no_customer_without_a_company(altinn3: Counterpart, error: str, description: str, code: str) -> None:
    """The vendor's own token depends on no company."""
    altinn3.maskinporten.fail(Answer(400, {"error": error, "error_description": description}), 1, "/token")
    assert fault(altinn3, None).who == "vendor"


def _expire(altinn3: Counterpart) -> None:
    altinn3.client.expired.add(KID)


def _other_issuer(altinn3: Counterpart) -> None:
    altinn3.maskinporten.stated_issuer = "https://maskinporten.no/"


def _wrong_company(altinn3: Counterpart) -> None:
    altinn3.maskinporten.wrong_company = OTHER_COMPANY


def _lose_scope(altinn3: Counterpart) -> None:
    altinn3.maskinporten.lost_scopes = {SCOPE}


def _unregister(altinn3: Counterpart) -> None:
    altinn3.register.client_ids.clear()


#: What is wrong with the set-up: the settings or the services, then the code.
CAUSES: list[tuple[dict[str, Any], Callable[[Counterpart], None] | None, str | None, str]] = [
    ({"client_id": "another"}, None, "MP-100", Phrase.FAULT_CLIENT),
    ({"kid": "another"}, None, "MP-120", Phrase.FAULT_KEY),
    ({"key": key("another").as_pem(private=True).decode()}, None, "MP-124", Phrase.FAULT_KEY),
    ({"scopes": ["altinn:other"]}, None, "MP-200", Phrase.FAULT_SCOPE),
    ({}, _expire, "MP-121", Phrase.FAULT_KEY_EXPIRED),
    ({}, _other_issuer, None, Phrase.FAULT_ISSUER),
    ({}, _wrong_company, None, Phrase.FAULT_OTHER_COMPANY),
    ({}, _lose_scope, "invalid_scope", Phrase.FAULT_SCOPE),
]


@pytest.mark.parametrize(("settings", "change", "code", "phrase"), CAUSES)
def test_causes(
    altinn3: Counterpart, settings: dict[str, Any], change: Callable[[Counterpart], None] | None, code: str, phrase: str
) -> None:
    altinn3.register.system_users[COMPANY, COMPANY] = "3a1d3b0a-3ad2-4a3c-8c64-0a8f8bf5a001"
    if change:
        change(altinn3)
    raised = fault(altinn3, **settings)
    assert (raised.who, raised.code, raised.key) == ("vendor", code, phrase)


def test_token_for_a_company_that_was_not_asked_about(altinn3: Counterpart) -> None:
    """Neither for the vendor's own token nor where the token says nothing."""
    altinn3.register.system_users[COMPANY, COMPANY] = "3a1d3b0a-3ad2-4a3c-8c64-0a8f8bf5a001"
    foreign = altinn3.vendor().token(COMPANY).value
    own = altinn3.vendor().token().value
    for token, orgnr in ((foreign, None), (foreign, OTHER_COMPANY), (own, COMPANY), ("opaque", COMPANY), ("a.b.c", COMPANY)):
        body = {"access_token": token, "token_type": "bearer", "expires_in": 120}
        altinn3.maskinporten.fail(Answer(200, body), 1, "/token")
        assert fault(altinn3, orgnr).key == Phrase.FAULT_OTHER_COMPANY
    altinn3.maskinporten.fail(Answer(200, {"access_token": "opaque", "token_type": "Bearer", "expires_in": 120}), 1, "/token")
    assert altinn3.vendor().token().value == "opaque"


@pytest.mark.parametrize("path", ["/token", "/.well-known/oauth-authorization-server"])
@pytest.mark.parametrize("name", FAULTS)
def test_faults_of_the_service(altinn3: Counterpart, name: str, path: str) -> None:
    altinn3.maskinporten.fail(name, 3, path)
    raised = fault(altinn3, timeout=0.3)
    assert (raised.who, raised.code) == ("nobody", None)


def test_server_errors_are_tried_again(altinn3: Counterpart) -> None:
    altinn3.maskinporten.fail("500", 9, "/token")
    fault(altinn3)
    assert altinn3.maskinporten.count("/token") == 3


def test_no_connection(altinn3: Counterpart) -> None:
    with socket.socket() as taken:  # bound and not listening: connections are refused
        taken.bind(("127.0.0.1", 0))
        raised = fault(altinn3, environment=f"http://127.0.0.1:{taken.getsockname()[1]}/")
    assert (raised.who, raised.key) == ("nobody", Phrase.FAULT_UNREACHABLE)


@pytest.mark.parametrize(
    "endpoint", ["http://maskinporten.example/token", "https://maskinporten.example/token", "/token", "", None, 7]
)
def test_token_endpoint(altinn3: Counterpart, endpoint: object) -> None:
    """Metadata cannot send a grant elsewhere by another scheme."""
    body = {"issuer": altinn3.maskinporten.issuer, "token_endpoint": endpoint}
    altinn3.maskinporten.fail(Answer(200, body), 1, "-server")
    raised = fault(altinn3)
    assert (raised.who, raised.key) == ("nobody", Phrase.FAULT_UNREADABLE)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(altinn3: Counterpart, status: int) -> None:
    """Neither a grant nor a token goes elsewhere."""
    answer = Answer(status, b"", {"Location": f"{altinn3.altinn.url}/token"})
    for service in (altinn3.maskinporten, altinn3.altinn):
        service.fail(answer)
    assert fault(altinn3).key == Phrase.FAULT_UNREADABLE
    with pytest.raises(AltinnError, match="ikke kan lese"):
        altinn3.system_users().find(COMPANY)
    assert [call.path for call in altinn3.altinn.calls] == ["/authentication/api/v1/systemuser/vendor/byquery"]


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_no_proxy_for_this_machine(altinn3: Counterpart, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Plain HTTP leaves the machine by no way."""
    for each in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(each, raising=False)
    monkeypatch.setenv(name, altinn3.altinn.url)
    assert altinn3.vendor().token().value
    assert not altinn3.altinn.calls


def test_no_cookies(altinn3: Counterpart) -> None:
    """A service's session of one company's call is not sent with another's."""
    altinn3.altinn.fail(Answer(404, {}, {"Set-Cookie": "session=1; Path=/"}))
    users = altinn3.system_users()
    for orgnr in (COMPANY, OTHER_COMPANY):
        users.find(orgnr)
    assert ["Cookie" in call.headers for call in altinn3.altinn.calls] == [False, False]


@pytest.mark.parametrize(
    ("seconds", "life"),
    [(120, 120), (0.5, 0.5), (1e12, 86_400), (float("inf"), 86_400), (0, None), (-1, None), ("120", None), (True, None)],
)
def test_life(seconds: object, life: float | None) -> None:
    """A token lives a day at most, and one without a life is malformed."""
    token = token_of({"access_token": "a", "token_type": "Bearer", "expires_in": seconds}, 0.0)
    assert (token and token.expires_at.timestamp()) == life


@pytest.mark.parametrize(("size", "valid"), [(60_000, True), (70_000, False)])
def test_longest_answer(altinn3: Counterpart, size: int, valid: bool) -> None:
    body = b'{"access_token": "a", "token_type": "Bearer", "expires_in": 9}' + b" " * size
    altinn3.maskinporten.fail(Answer(200, body), 1, "/token")
    if valid:
        assert altinn3.vendor().token().value == "a"
    else:
        assert fault(altinn3, None).key == Phrase.FAULT_UNREADABLE


@pytest.mark.parametrize(
    ("offset", "phrase"), [(60, Phrase.FAULT_CLOCK_BEHIND), (-60, Phrase.FAULT_CLOCK_AHEAD), (3600, Phrase.FAULT_CLOCK_BEHIND)]
)
def test_clock(altinn3: Counterpart, offset: int, phrase: str) -> None:
    """The machine's clock is compared with the answer's ``Date``."""
    altinn3.maskinporten.clock_offset = offset
    altinn3.maskinporten.clock = lambda: 1_780_000_000.4
    raised = fault(altinn3, timing=Timing(altinn3.maskinporten.clock))
    assert (raised.who, raised.key, raised.params) == ("vendor", phrase, {"seconds": abs(offset)})
    for language in LANGUAGES:
        assert f"{abs(offset)} s " in raised.message(language)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be changed on Windows")
@pytest.mark.parametrize("zone", ["Europe/Oslo", "America/New_York"])
@pytest.mark.parametrize("form", ["%a, %d %b %Y %H:%M:%S GMT", "%a, %d %b %Y %H:%M:%S -0000", "%a %b %d %H:%M:%S %Y"])
def test_date_without_a_zone(altinn3: Counterpart, monkeypatch: pytest.MonkeyPatch, form: str, zone: str) -> None:
    """The header is in UTC; this machine's zone is no clock that is off."""
    now = 1_780_000_000
    altinn3.maskinporten.clock = lambda: now
    date = datetime.fromtimestamp(now - 60, UTC).strftime(form)
    body = {"error": "invalid_grant", "error_description": "Invalid JWT claim iat"}
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        altinn3.maskinporten.fail(Answer(400, body, {"Date": date}), 1, "/token")
        raised = fault(altinn3, timing=Timing(lambda: now + 0.5))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert (raised.key, raised.params) == (Phrase.FAULT_CLOCK_AHEAD, {"seconds": 60})


@pytest.mark.parametrize("offset", [9, -9])
def test_clock_within_the_limit(altinn3: Counterpart, offset: int) -> None:
    altinn3.maskinporten.clock_offset = offset
    assert altinn3.vendor().token().value


def test_expired_key_is_no_clock(altinn3: Counterpart) -> None:
    altinn3.client.expired.add(KID)
    altinn3.maskinporten.clock_offset = 60
    assert fault(altinn3).code == "MP-121"


PHRASES = [phrase for phrase in Phrase if phrase.startswith("FAULT_")]
#: A word for who must act, in each language.
ACTORS = {
    "customer": ("Virksomheten må", "Verksemda må", "The company must"),
    "vendor": ("everandøren av systemet", "everandøren av systemet", "vendor of the system must"),
    "nobody": ("Ingen trenger", "Ingen treng", "Nobody needs"),
}
NOBODY = (Phrase.FAULT_UNREACHABLE, Phrase.FAULT_UNREADABLE)


@pytest.mark.parametrize("phrase", PHRASES)
def test_sentences(phrase: Phrase) -> None:
    """Each says who must act; the vendor's have the code, unless there is none."""
    who = "customer" if phrase == Phrase.FAULT_NOT_APPROVED else "nobody" if phrase in NOBODY else "vendor"
    params = {"seconds": 60, "scopes": SCOPE, "service": "Altinn"}
    raised = ConnectionFault(phrase, who, "MP-999", params)  # type: ignore[arg-type]
    for language, actor in zip(("nb", "nn", "en"), ACTORS[who], strict=True):
        assert actor in raised.message(language)
        names = set(PLACEHOLDER.findall(template(phrase, language)))
        assert ("code" in names) is (who == "vendor" and phrase not in (Phrase.FAULT_ISSUER, Phrase.FAULT_OTHER_COMPANY))
        assert "{" not in raised.message(language)


@pytest.mark.parametrize("kind", [MaskinportenError, AltinnError])
def test_copies(kind: type[ConnectionFault]) -> None:
    """Threads and processes hand errors on."""
    raised = kind(Phrase.FAULT_SCOPE, "vendor", "MP-200", {"scopes": SCOPE})
    for each in (copy(raised), pickle.loads(pickle.dumps(raised))):
        assert (type(each), str(each), each.who, each.code) == (kind, str(raised), "vendor", "MP-200")


@given(st.integers(100, 599), st.none() | OBJECTS, st.none() | st.floats(allow_nan=False), st.sampled_from([None, COMPANY]))
def test_any_answer_is_a_fault(status: int, body: dict[str, object] | None, skew: float | None, company: str | None) -> None:
    raised = fault_of(Read(status, body, skew), company, [SCOPE])
    assert raised.who in ("customer", "vendor", "nobody")
    assert all("{" not in raised.message(language) for language in LANGUAGES)


@given(OBJECTS, st.text(), st.binary())
def test_any_token_is_read(body: dict[str, object], text: str, middle: bytes) -> None:
    """No answer and no token raises anything."""
    token = token_of(body, 0.0)
    assert token is None or isinstance(token, Token)
    for value in (text, f"{text}.{text}.{text}", f"a.{middle.hex()}.b"):
        assert not is_for(payload(Token(value, None)), COMPANY)  # type: ignore[arg-type]
    assert isinstance(is_for(body, COMPANY), bool)
    assert isinstance(metadata_of(Read(200, body, None), "https://a.example/"), MaskinportenError | Metadata)
