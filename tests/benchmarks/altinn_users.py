"""Locust users of the Altinn forms: of Altinn 2's, who register, save and test, and of Altinn 3's, who ask, wait and test."""

from __future__ import annotations

import itertools

from locust import FastHttpUser, constant, task

from helpers.altinn_site import PASSWORD, hidden, settings_of
from nofields import OrganisationNumber

_companies = (number for number in map(str, itertools.count(974_000_000)) if OrganisationNumber.is_valid(number))


class Browser(FastHttpUser):
    """A browser with a company of its own, and no pause between requests."""

    abstract = True
    wait_time = constant(0)
    #: The path of companies' pages.
    pages: str

    def on_start(self) -> None:
        self.path = f"{self.pages}/{next(_companies)}"

    @task(2)
    def open_start_page(self) -> None:
        self.client.get("/")

    def _press(self, button: str, **typed: str) -> None:
        sent = self._hidden(self.path) | typed | {"press": button}
        with self.client.post(self.path, data=sent, name=f"{self.pages} {button}", catch_response=True) as answer:
            if answer.status_code == 429:  # as it should after ten in a minute
                answer.success()

    def _hidden(self, path: str) -> dict[str, str]:
        name = self.pages if path == self.path else path
        return hidden(self.client.get(path, name=name).text or "")


class ConnectionUser(Browser):
    """Asks a company for access to Altinn 3, looks whether it has approved, and tests."""

    pages = "/connections"

    @task
    def ask(self) -> None:
        self._press("ask")

    @task(4)
    def wait(self) -> None:
        self._hidden(self.path)

    @task
    def test(self) -> None:
        self._press("test")

    @task
    def come_back(self) -> None:
        self.client.get("/returned?status=Accepted")


class SettingsUser(Browser):
    """Registers a data system, saves its settings and tests them."""

    pages = "/settings"

    @task
    def register(self) -> None:
        typed = {"description": "Regnskapsprogram", "system_type": "accounting", "password": PASSWORD}
        self.client.post("/register", data=self._hidden("/register") | typed, name="/register sent")

    @task
    def save(self) -> None:
        self._press("save", **settings_of())

    @task
    def test(self) -> None:
        self._press("test", **settings_of(press="test"))
