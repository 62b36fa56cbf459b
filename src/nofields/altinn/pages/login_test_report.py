"""Test a login for the button "Test innlogging", and report the outcome."""

from __future__ import annotations

import math
from dataclasses import dataclass

from nofields.altinn.login import CheckRunner, Outcome
from nofields.altinn.models import AltinnSettings
from nofields.altinn.pages.pages import Notice, notice_of, unbroken
from nofields.altinn.rate_limit import RateLimit
from nofields.keys import Phrase

_COLORS = {Outcome.WORKS: "success", Outcome.NOT_TRIED: "info", Outcome.LIMITED: "warning", Outcome.SLOW: "warning"}


@dataclass(frozen=True)
class LoginTestReport:
    """The outcome of a login test."""

    outcome: Outcome
    notice: Notice
    #: Seconds until the rate limit allows the next test; 0 if this one was run.
    wait: int


async def report_login_test(limit: RateLimit, checks: CheckRunner, settings: AltinnSettings, language: str) -> LoginTestReport:
    """Run the login check, unless its rate limit is exceeded."""
    # The limit per ID prevents trying an ID and its passwords under one company after another.
    wait = math.ceil(limit.hit(f"company {settings.orgnr}", f"ID {settings.system_id}"))
    outcome = Outcome.LIMITED if wait else await checks.outcome(settings)
    params = {"company": unbroken(settings.orgnr), "seconds": 10 * math.ceil(wait / 10)}
    notice = notice_of(Phrase[f"ALTINN_TEST_{outcome.upper()}"], _COLORS.get(outcome, "danger"), language, **params)
    return LoginTestReport(outcome, notice, wait)
