"""``nofields postal-codes``: update the register of postal codes."""

from __future__ import annotations

from http.client import HTTPException
from pathlib import Path
from typing import Annotated
from urllib.request import urlopen

import typer

from nofields import postal_register
from nofields.cli.common import literal, notify, out
from nofields.cli.exit_codes import FAILED

_SECONDS = 30


def postal_codes(
    source: Annotated[str, typer.Argument(help="A file or a URL.", metavar="SOURCE")] = postal_register.OFFICIAL,
) -> None:
    """Import Bring's register of postal codes, from the web or from a downloaded file.

    It is saved in the file that NOFIELDS_POSTAL_REGISTER names, otherwise in the installed package.
    """
    try:
        change = postal_register.replace(_read(source))
    except (OSError, postal_register.RegisterError) as error:
        name = getattr(error, "filename", None) or source  # the error may be about the file that is written
        notify(f"The register was not changed. {name}: {getattr(error, 'strerror', None) or error}", style="bold red")
        raise typer.Exit(FAILED) from None
    out.print(literal(f"{change.codes} postal codes in {postal_register.path()}"), soft_wrap=True)
    for word, codes in (("new", change.added), ("gone", change.removed)):
        if codes:
            out.print(literal(f"{len(codes)} {word}: {', '.join(codes[:20])}{' …' if len(codes) > 20 else ''}"))


def _read(source: str) -> bytes:
    if source.startswith(("https://", "http://")):
        try:
            with urlopen(source, timeout=_SECONDS) as response:
                return bytes(response.read())
        except (HTTPException, ValueError) as error:  # a wrong URL, or a broken response
            raise OSError(f"{type(error).__name__}: {error}") from error
    return Path(source).read_bytes()
