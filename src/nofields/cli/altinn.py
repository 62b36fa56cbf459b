"""``nofields altinn``: ask a company for access in Altinn 3, follow the request, and test the connection."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from nofields.catalogs import DEFAULT
from nofields.cli.altinn_options import (
    AccessPackages,
    Agent,
    ClientId,
    Environment,
    KeyFile,
    Kid,
    Organisation,
    Platform,
    RedirectUrl,
    Rights,
    Scopes,
    SystemId,
)
from nofields.cli.altinn_settings import client_of
from nofields.cli.common import LocaleOption, OutputFormat, literal, notify, out
from nofields.cli.exit_codes import FAILED, INVALID, epilog
from nofields.cli.redacting import Command, Group
from nofields.errors import FieldError
from nofields.extras import importing
from nofields.keys import Phrase
from nofields.messages import message

if TYPE_CHECKING:
    from nofields.altinn.client.access_request import AccessRequest

altinn = typer.Typer(
    cls=Group, help="Connect a system to Altinn 3: ask a company for a system user, follow the request, test the connection."
)
FormatOption = Annotated[OutputFormat, typer.Option(help="Output format.")]


@altinn.command(cls=Command, epilog=epilog("altinn token"))
def token(
    orgnr: Organisation,
    client_id: ClientId,
    scope: Scopes,
    environment: Environment,
    system_id: SystemId,
    key_file: KeyFile = None,
    kid: Kid = None,
    platform: Platform = None,
    show_token: Annotated[bool, typer.Option("--show-token", help="Print the token. It is a secret.")] = False,
    locale: LocaleOption = DEFAULT,
    format: FormatOption = OutputFormat.TEXT,
) -> None:
    """Test a connection: get a fresh token from Maskinporten for the company's system user.

    Without --show-token the token is not printed. With it, standard output has the token alone.
    """
    with _faults(locale, format):
        from nofields.altinn.system_users import SystemUsers

        client = client_of(client_id, key_file, kid, scope, environment)
        found = SystemUsers(client, system_id=system_id, platform=platform).test(orgnr)
    title = message(Phrase.ALTINN3_CONNECTED_TITLE, locale)
    if format is OutputFormat.JSON:
        secret = {"token": found.value} if show_token else {}
        _print_json(works=True, message=title, expires_at=found.expires_at.isoformat(timespec="seconds"), **secret)
        return
    if show_token:
        typer.echo(found.value)
        notify("✓ " + title, "bold green")
    else:
        out.print(literal("✓ " + title, "bold green"), soft_wrap=True)


@altinn.command(cls=Command, epilog=epilog("altinn request"))
def request(
    orgnr: Organisation,
    client_id: ClientId,
    environment: Environment,
    system_id: SystemId,
    key_file: KeyFile = None,
    kid: Kid = None,
    right: Rights = None,
    access_package: AccessPackages = None,
    redirect_url: RedirectUrl = None,
    agent: Agent = False,
    platform: Platform = None,
    locale: LocaleOption = DEFAULT,
    format: FormatOption = OutputFormat.TEXT,
) -> None:
    """Ask a company for a system user, and print the link where it approves.

    A request that is pending is printed again. One that led to nothing is deleted and made anew.
    """
    with _faults(locale, format):
        from nofields.altinn.system_users import WRITE, SystemUsers

        client = client_of(client_id, key_file, kid, [WRITE], environment)
        asked: dict[str, Any] = {"rights": right or (), "access_packages": access_package or (), "redirect_url": redirect_url}
        made = SystemUsers(client, system_id=system_id, agent=agent, platform=platform, **asked).request(orgnr)
    _print_request(made, locale, format)


@altinn.command(cls=Command, epilog=epilog("altinn status"))
def status(
    id: Annotated[str, typer.Argument(metavar="ID", help="ID of the request, as `nofields altinn request` prints it.")],
    client_id: ClientId,
    environment: Environment,
    system_id: SystemId,
    key_file: KeyFile = None,
    kid: Kid = None,
    agent: Agent = False,
    platform: Platform = None,
    locale: LocaleOption = DEFAULT,
    format: FormatOption = OutputFormat.TEXT,
) -> None:
    """Print the status of a request."""
    with _faults(locale, format):
        from nofields.altinn.system_users import READ, SystemUsers

        client = client_of(client_id, key_file, kid, [READ], environment)
        found = SystemUsers(client, system_id=system_id, agent=agent, platform=platform).status(id)
    _print_request(found, locale, format)
    if found.status != "accepted":
        raise typer.Exit(INVALID)


@contextmanager
def _faults(locale: str, format: OutputFormat) -> Iterator[None]:
    """Print what is wrong and end the program: with 1 where the company must act, otherwise with 2."""
    with importing("maskinporten", "`nofields altinn`"):
        import httpx2  # noqa: F401
        import jwt  # noqa: F401

        from nofields.altinn import ConnectionFault
        from nofields.altinn.stores.store import StoreError
    try:
        yield
    except ConnectionFault as fault:
        _end(INVALID if fault.who == "customer" else FAILED, fault.message(locale), format, fault.who, fault.code)
    except FieldError as error:
        notify(f"ORGNR: {error.problem.message(locale)}", "bold red")
        raise typer.Exit(FAILED) from None
    except (StoreError, ValueError) as error:
        notify(f"Cannot connect: {error}", "bold red")
        raise typer.Exit(FAILED) from None


def _end(code: int, text: str, format: OutputFormat, who: str, fault: str | None) -> NoReturn:
    if format is OutputFormat.JSON:
        _print_json(works=False, message=text, who=who, code=fault)
    else:
        notify(f"✗ {text}", "bold red")
    raise typer.Exit(code) from None


def _print_request(request: AccessRequest, locale: str, format: OutputFormat) -> None:
    from nofields.altinn.access import State

    key = f"ALTINN3_{State.of_request(request.status).upper()}"
    title, text = message(f"{key}_TITLE", locale), message(key, locale)
    if format is OutputFormat.JSON:
        named = {"id": request.id, "status": str(request.status), "confirm_url": request.confirm_url}
        _print_json(**named, message=f"{title}. {text}")
        return
    out.print(literal(title, "bold"), soft_wrap=True)
    out.print(literal(text), soft_wrap=True)
    typer.echo(f"{request.id}\n{request.confirm_url}")


def _print_json(**members: object) -> None:
    typer.echo(json.dumps(members, ensure_ascii=False))
