"""Locust users of the Altinn forms: each registers, saves settings and tests them, over and over."""

from __future__ import annotations

import itertools

from locust import FastHttpUser, constant, task

from helpers.altinn_site import PASSWORD, hidden, settings_of
from nofields import OrganisationNumber

_companies = (number for number in map(str, itertools.count(974_000_000)) if OrganisationNumber.is_valid(number))


class User(FastHttpUser):
    """A browser with a company of its own, and no pause between requests."""

    wait_time = constant(0)

    def on_start(self) -> None:
        self.path = f"/settings/{next(_companies)}"

    @task(2)
    def open_start_page(self) -> None:
        self.client.get("/")

    @task
    def register(self) -> None:
        typed = {"description": "Regnskapsprogram", "system_type": "accounting", "password": PASSWORD}
        self.client.post("/register", data=self._hidden("/register") | typed, name="/register sent")

    @task
    def save(self) -> None:
        self.client.post(self.path, data=self._hidden(self.path) | settings_of(), name="/settings saved")

    @task
    def test(self) -> None:
        typed = self._hidden(self.path) | settings_of(press="test")
        with self.client.post(self.path, data=typed, name="/settings tested", catch_response=True) as answer:
            if answer.status_code == 429:  # as it should after ten in a minute
                answer.success()

    def _hidden(self, path: str) -> dict[str, str]:
        name = "/settings" if path == self.path else path
        return hidden(self.client.get(path, name=name).text or "")
