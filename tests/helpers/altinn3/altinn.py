"""Altinn: the API for system users and their requests, and the page where a company answers one.

From docs.altinn.studio: "System user request: External API", "Query for a system user", "Create System User".
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from html import escape
from typing import Any
from urllib.parse import parse_qs, unquote

from joserfc.errors import JoseError

from helpers.altinn3.loopback import Answer, Call, Loopback
from helpers.altinn3.maskinporten import Maskinporten, read_token
from helpers.altinn3.register import Register, Request

API = "/authentication/api/v1/systemuser"
REQUESTS = f"{API}/request/vendor"
SCOPE = "altinn:authentication/systemuser.request."
READ, WRITE = f"{SCOPE}read", f"{SCOPE}write"
#: The code for a request that is in the way of another, by its status.
_IN_THE_WAY = {"Accepted": 6, "New": 7, "Denied": 8, "Rejected": 9}
_STATUSES = {1: 400, 10: 404, 11: 400, 23: 401}
_PAGES = ("/accessmanagement/ui/systemuser/request", "/accessmanagement/ui/systemuser/agentrequest")
_PAGE = """<!doctype html><html lang="nb"><meta charset="utf-8"><title>{title}</title><main><h1>{title}</h1>
<p>{text}</p>{form}</main></html>"""
_FORM = """<form method="post"><button name="answer" value="approve">Godkjenn</button>
<button name="answer" value="reject">Avvis</button></form>"""


class Problem(Exception):  # noqa: N818 (an answer of the API)
    """A problem document with one of Altinn's codes, or none."""

    def __init__(self, number: int | None, status: int) -> None:
        super().__init__(number, status)
        body: dict[str, object] = {"title": "Problem", "status": status}
        self.answer = Answer(status, body if number is None else {**body, "code": f"AUTH-{number:05}"})


class Altinn(Loopback):
    """An Altinn.

    Attributes:
        returns_existing: Answer 200 with the request that there is already, in place of a code. The
            documentation has the codes, the service itself (July 2026) the requests.
        next_code: The number of the code that the next request to a company is answered with.
        confirm_url: The link of every request; by default this server's own page.
    """

    def __init__(self, register: Register, maskinporten: Maskinporten) -> None:
        super().__init__()
        self.register, self.maskinporten = register, maskinporten
        self.returns_existing = False
        self.next_code: int | None = None
        self.confirm_url = ""

    def answer(self, call: Call) -> Answer:
        try:
            with self.register.lock:
                return self._page(call) if call.path in _PAGES else self._api(call)
        except Problem as problem:
            return problem.answer

    def _api(self, call: Call) -> Answer:
        agent = call.path.startswith(f"{REQUESTS}/agent")
        root = f"{REQUESTS}/agent" if agent else REQUESTS
        rest = call.path.removeprefix(root).strip("/").split("/")
        routes: dict[tuple[str, bool, int], tuple[str, Callable[[], Answer]]] = {
            ("POST", rest == [""], 1): (WRITE, lambda: self._create(json.loads(call.body), agent)),
            ("GET", rest[0] == "byexternalref", 4): (READ, lambda: self._by_reference(*map(unquote, rest[1:]), agent=agent)),
            ("GET", rest[0] not in ("", "byexternalref"), 1): (READ, lambda: self._shown(self._request(rest[0], agent))),
            ("DELETE", not agent and rest != [""], 1): (WRITE, lambda: self._deleted(rest[0])),
        }
        if call.path == f"{API}/vendor/byquery" and call.method == "GET":
            self._authorise(call, WRITE)
            return self._by_query({name: values[0] for name, values in parse_qs(call.query).items()})
        scope, handler = routes.get((call.method, True, len(rest)), ("", None))
        if handler is None or not call.path.startswith(REQUESTS):
            raise Problem(None, 404)
        self._authorise(call, scope)
        return handler()

    def _authorise(self, call: Call, scope: str) -> None:
        kind, _, value = call.headers.get("Authorization", "").partition(" ")
        try:
            claims = read_token(value, self.maskinporten.key, self.now())
        except (JoseError, ValueError):
            raise Problem(None, 401) from None
        if kind != "Bearer" or claims["iss"] != self.maskinporten.issuer:
            raise Problem(None, 401)
        if scope not in str(claims["scope"]).split():
            raise Problem(None, 403)
        if claims["consumer"] != {"authority": "iso6523-actorid-upis", "ID": f"0192:{self.register.vendor}"}:
            raise Problem(23, 401)

    def _create(self, body: dict[str, Any], agent: bool) -> Answer:
        if self.next_code is not None:
            number, self.next_code = self.next_code, None
            raise Problem(number, _STATUSES.get(number, 400))
        orgnr = str(body.get("partyOrgNo"))
        reference = str(body.get("externalRef") or orgnr)
        if body.get("systemId") != self.register.system_id:
            raise Problem(11, 400)
        existing = self.register.request(orgnr, reference)
        if existing and existing.status != "Timedout":
            if self.returns_existing:
                return self._shown(existing)
            raise Problem(_IN_THE_WAY[existing.status], 400)
        self._check_asked(body, agent)
        if existing:
            self.register.requests.remove(existing)
        request = Request(orgnr, reference, agent, body)
        self.register.requests.append(request)
        return self._shown(request)._replace(status=201)

    def _check_asked(self, body: Mapping[str, Any], agent: bool) -> None:
        rights = [part["value"] for right in body.get("rights") or [] for part in right["resource"]]
        packages = [package["urn"] for package in body.get("accessPackages") or []]
        if not (packages or (rights and not agent)) or (agent and rights):
            raise Problem(58 if agent else 59, 400)
        if set(rights) - self.register.rights:
            raise Problem(1, 400)
        if set(packages) - self.register.packages:
            raise Problem(63, 400)
        if body.get("redirectUrl") and body["redirectUrl"] not in self.register.redirect_urls:
            raise Problem(21 if self.register.redirect_urls else 26, 400)

    def _request(self, id: str, agent: bool) -> Request:
        request = self.register.by_id(id)
        if request is None or request.agent != agent:
            raise Problem(10, 404)
        return request

    def _by_reference(self, system_id: str, orgnr: str, reference: str, *, agent: bool) -> Answer:
        request = self.register.request(orgnr, reference)
        if request is None or request.agent != agent or system_id != self.register.system_id:
            raise Problem(10, 404)
        return self._shown(request)

    def _deleted(self, id: str) -> Answer:
        request = self.register.by_id(id)
        if request is None:
            raise Problem(10, 404)
        self.register.requests.remove(request)
        return Answer(202)

    def _by_query(self, query: Mapping[str, str]) -> Answer:
        orgnr = query.get("orgno", "")
        id = self.register.system_user(orgnr, query.get("external-ref"))
        if id is None or query.get("system-id") != self.register.system_id:
            raise Problem(None, 404)
        named = {"id": id, "systemId": self.register.system_id, "reporteeOrgNo": orgnr, "isDeleted": False}
        return Answer(200, {**named, "supplierOrgNo": self.register.vendor, "userType": "standard"})

    def _shown(self, request: Request) -> Answer:
        link = self.confirm_url or f"{self.url}{_PAGES[request.agent]}?id={request.id}&DONTCHOOSEREPORTEE=true"
        named = {"id": request.id, "externalRef": request.reference, "status": request.status, "confirmUrl": link}
        return Answer(200, {**request.body, **named})

    def _page(self, call: Call) -> Answer:
        """The page where somebody in the company answers. The real one needs a login."""
        request = self.register.by_id((parse_qs(call.query).get("id") or [""])[0])
        html = {"Content-Type": "text/html; charset=utf-8"}
        if request is None:
            return Answer(404, _PAGE.format(title="Ukjent", text="", form="").encode(), html)
        if call.method == "POST":
            (answer,) = parse_qs(call.body.decode())["answer"]
            (self.register.approve if answer == "approve" else self.register.reject)(request.orgnr)
            back = str(request.body.get("redirectUrl") or "")
            return Answer(303, b"", {"Location": back or f"{call.path}?{call.query}"})
        form = _FORM if request.status == "New" else ""
        text = escape(f"{request.orgnr}: {request.status}")
        return Answer(200, _PAGE.format(title="Godkjenn systembruker", text=text, form=form).encode(), html)
