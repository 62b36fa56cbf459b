"""What the page of a connection says about its state, a failed call and when things happened."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time

from nofields import messages
from nofields.altinn.access import Failure, State
from nofields.altinn.calls import CallError
from nofields.altinn.client.connection_error import ConnectionFault
from nofields.altinn.client.environments import checked_url
from nofields.altinn.pages.pages import Notice, notice_of
from nofields.altinn.stores.connections import Connection
from nofields.keys import Phrase
from nofields.languages import cldr

_COLORS = {State.CONNECTED: "success", State.ACCEPTED: "info", State.NONE: "info", State.WAITING: "info"}


def state_notice(state: State, language: str) -> Notice:
    """Return title and text of a state."""
    return notice_of(Phrase[f"ALTINN3_{state.upper()}"], _COLORS.get(state, "warning"), language)


def state_times(connection: Connection | None, language: str) -> list[str]:
    """Return when access was asked for, and when the connection was last tested and with what outcome."""
    times: list[tuple[Phrase, datetime | None]] = []
    if connection:
        times.append((Phrase.ALTINN3_ASKED_AT, connection.asked_at))
        if connection.outcome:
            times.append((Phrase[f"ALTINN3_TESTED_{connection.outcome.upper()}"], connection.tested_at))
    return [messages.message(key, language, **norwegian_time(time, language)) for key, time in times if time]


def norwegian_time(time: datetime, language: str) -> dict[str, str]:
    """Return the date and the time of day in Norway, as a language writes them."""
    locale = Locale("en", "GB") if language == "en" else cldr(language)
    there = time.astimezone(ZoneInfo("Europe/Oslo"))
    return {"date": format_date(there, "long", locale), "time": format_time(there, "short", locale=locale)}


def failure_notice(failure: Failure, language: str) -> Notice:
    """Return what went wrong, under a title that says who must act."""
    who = failure.who if isinstance(failure, ConnectionFault) else "nobody"
    title = messages.message(Phrase[f"ALTINN3_{who.upper()}_TITLE"], language)
    return Notice("danger" if who == "vendor" else "warning", title, failure_text(failure, language))


def failure_text(failure: Failure, language: str) -> str:
    """Return what went wrong, and who must act."""
    if isinstance(failure, ConnectionFault):
        return failure.message(language)
    key = Phrase.ALTINN3_FAILED if isinstance(failure, CallError) else Phrase.ALTINN3_SLOW
    return messages.message(key, language)


def approval_link(connection: Connection | None) -> str:
    """Return the link to Altinn as it was given, or an empty text for one that is neither HTTPS nor on this machine."""
    link = connection.confirm_url if connection else ""
    try:
        checked_url(link.partition("?")[0], "")
    except ValueError:
        return ""
    return link
