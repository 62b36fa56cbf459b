"""Tokens from Maskinporten: the grant, what is kept, retries and organisation numbers."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from urllib.parse import parse_qs
from uuid import UUID

import pytest
from joserfc import jws

from helpers.altinn3 import CLIENT_ID, COMPANY, OTHER_COMPANY, SCOPE, SYSTEM_ID, Answer, Counterpart
from helpers.altinn3.altinn import READ, WRITE
from helpers.altinn3.counterpart import KID, key
from helpers.altinn3.maskinporten import read_token
from nofields import FieldError, synthetic
from nofields.altinn.client.environments import ENVIRONMENTS, environment_of
from nofields.altinn.client.metadata import metadata_url
from nofields.altinn.client.single_flight import SingleFlight
from nofields.altinn.maskinporten import Maskinporten, MaskinportenError, Timing

NOON = 1_780_000_000.0


class Clock:
    """A clock for the client and both services, which tests put forward."""

    def __init__(self, altinn3: Counterpart) -> None:
        self.time = NOON
        altinn3.maskinporten.clock = altinn3.altinn.clock = self

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def company(altinn3: Counterpart) -> Counterpart:
    """A counterpart in which a company has approved."""
    altinn3.register.system_users[COMPANY, COMPANY] = "3a1d3b0a-3ad2-4a3c-8c64-0a8f8bf5a001"
    return altinn3


def sent(altinn3: Counterpart) -> list[str]:
    """The grants that came, as they were sent."""
    calls = [call for call in altinn3.maskinporten.calls if call.path == "/token"]
    return [parse_qs(call.body.decode())["assertion"][0] for call in calls]


def test_grant(company: Counterpart) -> None:
    """It has what Digdir's page lists and nothing else, such as ``sub``."""
    clock = Clock(company)
    company.vendor(timing=Timing(clock)).token(COMPANY)
    (claims,) = company.maskinporten.grants
    owner = {"authority": "iso6523-actorid-upis", "ID": f"0192:{COMPANY}"}
    fixed = {"aud": company.maskinporten.issuer, "iss": CLIENT_ID, "scope": SCOPE, "iat": int(NOON)}
    details = {"authorization_details": [{"type": "urn:altinn:systemuser", "systemuser_org": owner}]}
    assert claims == {**fixed, **details, "exp": claims["exp"], "jti": claims["jti"]}
    assert 0 < int(str(claims["exp"])) - NOON <= 120
    assert UUID(str(claims["jti"]))
    assert jws.extract_compact(sent(company)[0].encode()).headers() == {"alg": "RS256", "kid": KID}


def test_own_token(altinn3: Counterpart) -> None:
    token = altinn3.vendor().token(scopes=[WRITE, READ])
    (claims,) = altinn3.maskinporten.grants
    assert "authorization_details" not in claims
    assert str(claims["scope"]).split() == [READ, WRITE]
    assert "authorization_details" not in read_token(token.value, key("maskinporten"))


def test_token(company: Counterpart) -> None:
    clock = Clock(company)
    token = company.vendor(timing=Timing(clock)).token(COMPANY)
    claims = read_token(token.value, key("maskinporten"), clock())
    (entry,) = claims["authorization_details"]  # type: ignore[misc]
    assert entry["system_id"] == SYSTEM_ID  # type: ignore[index]
    assert token.expires_at == datetime.fromtimestamp(NOON + 120, UTC)


@pytest.mark.parametrize("name", ["ID", "id", "Id"])
def test_member_names_in_any_case(company: Counterpart, name: str) -> None:
    """Digdir's pages write ``ID``, Altinn's ``id``."""
    company.maskinporten.id_name = name
    assert company.vendor().token(COMPANY).value


@pytest.mark.parametrize("scopes", [f"{READ} {WRITE}", [WRITE, READ, READ], (READ, WRITE)])
def test_forms_of_scopes(altinn3: Counterpart, scopes: list[str]) -> None:
    vendor = altinn3.vendor(scopes=scopes)
    assert vendor.token() == vendor.token(scopes=[READ, WRITE])
    assert [claims["scope"] for claims in altinn3.maskinporten.grants] == [f"{READ} {WRITE}"]


def test_kept_by_company_and_scopes(company: Counterpart) -> None:
    company.register.system_users[OTHER_COMPANY, OTHER_COMPANY] = "3a1d3b0a-3ad2-4a3c-8c64-0a8f8bf5a002"
    vendor = company.vendor()
    tokens = [vendor.token(*args, scopes=scopes) for args in ((), (COMPANY,), (OTHER_COMPANY,)) for scopes in (None, [READ])]
    again = [vendor.token(*args, scopes=scopes) for args in ((), (COMPANY,), (OTHER_COMPANY,)) for scopes in (None, [READ])]
    assert tokens == again
    assert len({token.value for token in tokens}) == company.maskinporten.count("/token") == 6


@pytest.mark.parametrize(("life", "until"), [(120, 110), (600, 590), (10, 5), (1, 0.5)])
def test_kept_until_shortly_before_its_end(company: Counterpart, life: int, until: float) -> None:
    clock, company.maskinporten.life = Clock(company), life
    vendor = company.vendor(timing=Timing(clock))
    token = vendor.token(COMPANY)
    clock.time += until - 0.25
    assert vendor.token(COMPANY) == token
    clock.time += 0.25
    assert vendor.token(COMPANY) != token


def test_fresh_token(company: Counterpart) -> None:
    """It is kept afterwards, in place of the old one."""
    vendor = company.vendor()
    old = vendor.token(COMPANY)
    new = vendor.token(COMPANY, fresh=True)
    assert old != new == vendor.token(COMPANY)


def test_rejection_ends_what_is_kept(company: Counterpart) -> None:
    """After a company has withdrawn, a fresh token is refused and the old one is not handed out again."""
    vendor = company.vendor()
    vendor.token(COMPANY)
    company.register.withdraw(COMPANY)
    for fresh in (True, False):
        with pytest.raises(MaskinportenError, match="trukket tilbake"):
            vendor.token(COMPANY, fresh=fresh)


def test_withdrawn_for_all_scopes(company: Counterpart) -> None:
    """The approval is the company's: no token of another scope outlives it. Other tokens stay."""
    vendor = company.vendor()
    own = vendor.token()
    vendor.token(COMPANY, scopes=[READ])
    company.register.withdraw(COMPANY)
    for scope in (SCOPE, READ):
        with pytest.raises(MaskinportenError, match="trukket tilbake"):
            vendor.token(COMPANY, scopes=[scope])
    assert vendor.token() == own


def test_outage_does_not_end_what_is_kept(company: Counterpart) -> None:
    vendor = company.vendor()
    token = vendor.token(COMPANY)
    company.maskinporten.fail("500", 3, "/token")
    with pytest.raises(MaskinportenError):
        vendor.token(COMPANY, fresh=True)
    assert vendor.token(COMPANY) == token


def test_threads_share_a_call(company: Counterpart) -> None:
    vendor, together = company.vendor(), threading.Barrier(20)

    def token(_: int) -> str:
        together.wait()
        return vendor.token(COMPANY).value

    with ThreadPoolExecutor(20) as threads:
        assert len(set(threads.map(token, range(20)))) == 1
    assert (company.maskinporten.count("/token"), company.maskinporten.count("-server")) == (1, 1)


def test_threads_share_an_error() -> None:
    flights: SingleFlight[int] = SingleFlight()
    started, go = threading.Event(), threading.Event()

    def work() -> int:
        started.set()
        go.wait()
        raise ValueError("Kanari")

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(flights.result, "a", work)
        started.wait()
        second = threads.submit(flights.result, "a", work)
        assert flights.result("b", lambda: 1) == 1
        go.set()
        for each in (first, second):
            with pytest.raises(ValueError, match="Kanari"):
                each.result()
    assert flights.result("a", lambda: 2) == 2


def test_metadata_is_kept(company: Counterpart) -> None:
    clock = Clock(company)
    vendor = company.vendor(timing=Timing(clock))
    for _ in range(3):
        vendor.token(fresh=True)
    assert company.maskinporten.count("/.well-known/oauth-authorization-server") == 1
    clock.time += 3600
    vendor.token()
    assert company.maskinporten.count("/.well-known/oauth-authorization-server") == 2


@pytest.mark.parametrize(
    ("issuer", "url"),
    [
        (ENVIRONMENTS["production"].issuer, "https://maskinporten.no/.well-known/oauth-authorization-server"),
        ("https://a.example:8443/", "https://a.example:8443/.well-known/oauth-authorization-server"),
        ("https://a.example/mp/", "https://a.example/.well-known/oauth-authorization-server/mp"),
    ],
)
def test_metadata_url(issuer: str, url: str) -> None:
    assert metadata_url(issuer) == url


def test_retries(company: Counterpart) -> None:
    """Each attempt has a grant of its own, since none may be used twice; the pauses grow and are random."""
    pauses: list[float] = []
    company.maskinporten.fail("500", 1, "/token")
    company.maskinporten.fail("cut off", 1, "/token")
    token = company.vendor(timing=Timing(sleep=pauses.append, jitter=lambda: 0.5)).token(COMPANY)
    assert token.value
    assert (pauses, len(set(sent(company)))) == ([0.25, 0.5], 3)


def test_rejections_are_not_repeated(altinn3: Counterpart) -> None:
    with pytest.raises(MaskinportenError):
        altinn3.vendor().token(COMPANY)
    assert altinn3.maskinporten.count("/token") == 1


@pytest.mark.parametrize("policy", [None, *synthetic.Policy])
@pytest.mark.parametrize(
    ("environment", "orgnr", "valid"),
    [
        ("production", "974760673", True),
        ("production", "310926833", False),
        ("https://maskinporten.no", "310926833", False),
        ("test", "974760673", True),
        ("test", "310926833", True),
        ("http://127.0.0.1:9/", "310926833", True),
        ("https://maskinporten.example/", "310926833", True),
        ("production", "974760674", False),
        ("test", "310926834", False),
        ("test", "", False),
        ("test", 974760673, False),
        ("test", "0192:310926833", True),
    ],
)
def test_organisation_numbers(
    altinn3: Counterpart, monkeypatch: pytest.MonkeyPatch, environment: str, orgnr: str, valid: bool, policy: str | None
) -> None:
    """Real ones in production, real and synthetic ones elsewhere, whatever the process accepts."""
    if policy:
        monkeypatch.setenv(synthetic.VARIABLE, policy)
    vendor = altinn3.vendor(environment=environment)
    assert vendor.organisation_number.is_valid(orgnr) is valid
    if not valid:
        with pytest.raises(FieldError):
            vendor.token(orgnr)


def test_written_number(company: Counterpart) -> None:
    vendor = company.vendor()
    assert vendor.token("310 926 833") == vendor.token(f"0192:{COMPANY}") == vendor.token(COMPANY)


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_environment_by_its_issuer(name: str) -> None:
    expected = ENVIRONMENTS[name]
    assert environment_of(name) == environment_of(expected.issuer) == environment_of(expected.issuer[:-1]) == expected


@pytest.mark.parametrize(
    "url",
    [
        "http://maskinporten.example/",
        "ftp://a.example/",
        "prod",
        "",
        "https://",
        "https://u:p@a.example/",
        "https://a b/",
        "https://a.example/?x",
        "https://a.example/#x",
        "https://a.example:0/",
        "https://å.no/",
        "https://a..b/",
        f"https://{'a' * 64}.no/",
        "https://-a.no/",
        "https://a,b/",
        "https://a%00b/",
        "https://*.no/",
        "https://256.1.1.1/",
        "https://a.1/",
        7,
    ],
)
def test_wrong_issuers(url: str) -> None:
    """No token is sent over plain HTTP to another machine."""
    with pytest.raises(ValueError, match="environment must be test, production or an issuer URL"):
        environment_of(url)


@pytest.mark.parametrize(
    "url", ["http://localhost:8080/", "http://127.0.0.2/", "http://[::1]:1/", "https://a.example/mp", "https://a_b.no./"]
)
def test_own_issuers(url: str) -> None:
    assert environment_of(url).platform is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_id": " "},
        {"client_id": None},
        {"scopes": []},
        {"scopes": ""},
        {"scopes": ["a b"]},
        {"scopes": [""]},
        {"scopes": [7]},
        {"timeout": 0},
        {"timeout": float("nan")},
    ],
)
def test_wrong_arguments(altinn3: Counterpart, wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        altinn3.vendor(**wrong)


def test_wrong_scopes_of_a_call(altinn3: Counterpart) -> None:
    with pytest.raises(ValueError, match="scopes"):
        altinn3.vendor().token(scopes=[])
    assert not altinn3.maskinporten.calls


def test_jwk(altinn3: Counterpart) -> None:
    given = {"client_id": CLIENT_ID, "scopes": [SCOPE], "environment": altinn3.maskinporten.issuer}
    assert Maskinporten(key=altinn3.jwk, **given).token().value  # type: ignore[arg-type]


def test_answer_of_another_kind(company: Counterpart) -> None:
    """A token of another type cannot be sent as a bearer token."""
    company.maskinporten.fail(Answer(200, {"access_token": "a", "token_type": "DPoP", "expires_in": 9}), 1, "/token")
    with pytest.raises(MaskinportenError, match="ikke kan lese"):
        company.vendor().token()
