"""``nofields serve``: serve the Altinn forms on this machine."""

from __future__ import annotations

import signal
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nofields.cli.altinn_settings import system_users
from nofields.cli.common import err, notify
from nofields.cli.exit_codes import FAILED
from nofields.extras import importing

if TYPE_CHECKING:
    import uvicorn
    from starlette.applications import Starlette

#: Hosts that only this machine can reach.
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_EXPOSED = (
    "[bold]Other machines can reach this.[/] There is no log-in: anyone who reaches the address can see and change every "
    "company's settings, though no password is shown. Plain HTTP does not encrypt what is typed, not even passwords. "
    "Put it behind a log-in and HTTPS."
)

#: Hosts that mean every address of the machine, and that browsers do not use as its name.
_EVERY_ADDRESS = ("0.0.0.0", "::")
_UNNAMED = (
    "Browsers on other machines can connect only by an allowed host name, and none is allowed. "
    "Add --allow-host with the name in their address, such as --allow-host regnskap.example.com."
)


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 for any free port.")] = 8000,
    store: Annotated[Path, typer.Option(metavar="FILE", help="File for registrations and settings.")] = Path("nofields.db"),
    key_file: Annotated[
        Path,
        typer.Option(
            metavar="FILE",
            help="File with the key that encrypts the passwords; created if missing. NOFIELDS_KEY takes precedence.",
        ),
    ] = Path("nofields.key"),
    expose: Annotated[bool, typer.Option("--expose", help="Let other machines reach the forms. They have no log-in.")] = False,
    allow_host: Annotated[list[str] | None, typer.Option(help="A host name that browsers use; may be repeated.")] = None,
    altinn3: Annotated[
        bool,
        typer.Option(
            "--altinn3", help="Serve the form of Altinn 3. The vendor's settings are the variables of `nofields altinn`."
        ),
    ] = False,
) -> None:
    """Serve the Altinn forms: ask companies for access to Altinn 3, or save the ID and password of Altinn 2."""
    if host not in _LOOPBACK and not expose:
        raise typer.BadParameter(f"{host} can be reached from other machines, and there is no log-in. --expose allows it.")
    if expose:
        err.print(_EXPOSED)
    if host in _EVERY_ADDRESS and not allow_host:
        err.print(_UNNAMED)
    with importing("web", "`nofields serve`"):
        import uvicorn
    forms = _forms(store, key_file, host, allow_host or [], altinn3=altinn3)
    _run(uvicorn.Config(forms, host=host, port=port, log_level="warning", access_log=False, server_header=False))


def _forms(store: Path, key_file: Path, host: str, allow_host: list[str], *, altinn3: bool) -> Starlette:
    """Return the app, or end the program with what is wrong."""
    with importing("web", "`nofields serve`"):
        from nofields.altinn import SQLiteStore, StoreError, app, load_key
        from nofields.altinn.pages.guard import LOOPBACK
    try:
        _check_address(host)
        users = system_users() if altinn3 else None
        key = load_key(key_file)
        return app(store=SQLiteStore(store, key), altinn3=users, secret=key, allowed_hosts=[*LOOPBACK, host, *allow_host])
    except (StoreError, ValueError, OSError) as error:
        notify(f"Cannot serve: {error}", style="bold red")
        raise typer.Exit(FAILED) from None


def _check_address(host: str) -> None:
    """Raise ``ValueError`` for a host without an address.

    uvicorn would print a traceback, or listen on every address if the host is empty.
    """
    try:
        has_address = bool(host and socket.getaddrinfo(host, None))
    except (OSError, UnicodeError):
        has_address = False
    if not has_address:
        raise ValueError(f"--host {host!r} has no address on this machine's network")


def _run(config: uvicorn.Config) -> None:
    """Serve until a signal ends it, and print the address when it is ready."""
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            name = f"[{config.host}]" if ":" in config.host else config.host
            port = self.servers[0].sockets[0].getsockname()[1]  # the actual port if 0 was requested
            err.print(f"The Altinn forms: http://{name}:{port}/   (Ctrl-C ends it)", markup=False)

    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        # A closed terminal: uvicorn handles only SIGTERM and SIGINT.
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    try:
        Server(config).run()
    except KeyboardInterrupt:
        pass
    except SystemExit:  # uvicorn has logged why, such as a port in use
        raise typer.Exit(FAILED) from None
