"""``nofields postal-codes``: update the register of postal codes, or print its age."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from nofields import postal_register
from nofields.cli.common import literal, notify, out
from nofields.cli.exit_codes import FAILED

_SECONDS = 30


def postal_codes(
    source: Annotated[str, typer.Argument(help="A file or a URL.", metavar="SOURCE")] = postal_register.OFFICIAL,
    status: Annotated[
        bool, typer.Option("--status", help="Import nothing: print which copy is in use, its date and its age.")
    ] = False,
) -> None:
    """Import Bring's register of postal codes, from the web or from a downloaded file.

    It is saved in the file that NOFIELDS_POSTAL_REGISTER names, otherwise in the installed package.
    Its date is that of the download from Bring; the date of any other file is unknown.
    """
    if status:
        if source != postal_register.OFFICIAL:
            raise typer.BadParameter("--status imports nothing: leave out SOURCE, or --status.")
        _print_status(postal_register.status())
        return
    try:
        change = postal_register.replace(_read(source), _today() if source == postal_register.OFFICIAL else None)
    except (OSError, postal_register.RegisterError) as error:
        name = getattr(error, "filename", None) or source  # the error may be about the file that is written
        notify(f"The register was not changed. {name}: {getattr(error, 'strerror', None) or error}", style="bold red")
        raise typer.Exit(FAILED) from None
    out.print(literal(f"{change.codes} postal codes in {postal_register.path()}"), soft_wrap=True)
    for word, codes in (("new", change.added), ("gone", change.removed)):
        if codes:
            out.print(literal(f"{len(codes)} {word}: {', '.join(codes[:20])}{' …' if len(codes) > 20 else ''}"))


def _today() -> date:
    return date.today()


def _print_status(status: postal_register.Status) -> None:
    out.print(literal(f"{status.codes} postal codes in {status.file}"), soft_wrap=True)
    origin = "The copy that ships with nofields" if status.shipped else "Imported from Bring's register"
    age = status.age(_today())
    as_of = f"as of {status.as_of}" + (f" ({age} old)" if age else "") if status.as_of else "date unknown"
    out.print(literal(f"{origin}, {as_of}"), soft_wrap=True)


def _read(source: str) -> bytes:
    if source.startswith(("https://", "http://")):
        # Imported here: every other command would wait for it.
        from http.client import HTTPException
        from urllib.request import urlopen

        try:
            with urlopen(source, timeout=_SECONDS) as response:
                return bytes(response.read())
        except (HTTPException, ValueError) as error:  # a wrong URL, or a broken response
            raise OSError(f"{type(error).__name__}: {error}") from error
    return Path(source).read_bytes()
