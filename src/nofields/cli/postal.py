"""``nofields postal-codes``: the register of postal codes brought up to date."""

from __future__ import annotations

from http.client import HTTPException
from pathlib import Path
from typing import Annotated
from urllib.request import urlopen

import typer

from nofields import postal_register
from nofields.cli.common import UNUSABLE, out, plain, tell

_SECONDS = 30


def postal_codes(
    source: Annotated[str, typer.Argument(help="A file or an address.", metavar="SOURCE")] = postal_register.OFFICIAL,
) -> None:
    """Import Bring's register of postal codes, from its address or from a file that you downloaded.

    It is written to the file that NOFIELDS_POSTAL_REGISTER names, else into the installed package.
    """
    try:
        change = postal_register.replace(_read(source))
    except (OSError, postal_register.RegisterError) as error:
        named = getattr(error, "filename", None) or source  # the one that is written, maybe
        tell(f"The register was not changed. {named}: {getattr(error, 'strerror', None) or error}", style="bold red")
        raise typer.Exit(UNUSABLE) from None
    out.print(plain(f"{change.codes} postal codes in {postal_register.path()}"), soft_wrap=True)
    for word, codes in (("new", change.added), ("gone", change.removed)):
        if codes:
            out.print(plain(f"{len(codes)} {word}: {', '.join(codes[:20])}{' …' if len(codes) > 20 else ''}"))


def _read(source: str) -> bytes:
    if source.startswith(("https://", "http://")):
        try:
            with urlopen(source, timeout=_SECONDS) as answer:
                return bytes(answer.read())
        except (HTTPException, ValueError) as error:  # no address, or nobody who speaks HTTP to the end
            raise OSError(f"{type(error).__name__}: {error}") from error
    return Path(source).read_bytes()
