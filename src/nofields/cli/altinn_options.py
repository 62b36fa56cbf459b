"""Options of ``nofields altinn``: the vendor's client in Maskinporten and the system in Altinn's register."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

ClientId: TypeAlias = Annotated[
    str,
    typer.Option("--client-id", envvar="NOFIELDS_MASKINPORTEN_CLIENT_ID", help="ID of the client in Maskinporten."),
]
KeyFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--key-file",
        metavar="FILE",
        envvar="NOFIELDS_MASKINPORTEN_KEY_FILE",
        help="File with the client's private RSA key, as PEM or a JWK, that only its owner can read. "
        "NOFIELDS_MASKINPORTEN_KEY, the key itself, takes precedence.",
    ),
]
Kid: TypeAlias = Annotated[
    str | None,
    typer.Option("--kid", envvar="NOFIELDS_MASKINPORTEN_KID", help="ID of the key in Maskinporten; by default the JWK's own."),
]
Scopes: TypeAlias = Annotated[
    list[str],
    typer.Option(
        "--scope",
        envvar="NOFIELDS_MASKINPORTEN_SCOPES",
        help="A scope of the token; may be repeated. The variable has several, separated by blanks.",
    ),
]
Environment: TypeAlias = Annotated[
    str,
    typer.Option(
        "--environment",
        envvar="NOFIELDS_MASKINPORTEN_ENVIRONMENT",
        help="test, production, or the issuer URL of another Maskinporten.",
    ),
]
SystemId: TypeAlias = Annotated[
    str,
    typer.Option("--system-id", envvar="NOFIELDS_ALTINN_SYSTEM_ID", help="ID of the system in Altinn's system register."),
]
Platform: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--platform", envvar="NOFIELDS_ALTINN_PLATFORM", help="URL of Altinn's platform; by default the environment's."
    ),
]
Agent: TypeAlias = Annotated[
    bool,
    typer.Option("--agent", envvar="NOFIELDS_ALTINN_AGENT", help="An agent system user, with which an accountant acts."),
]
Rights: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--right",
        envvar="NOFIELDS_ALTINN_RIGHTS",
        help="A resource to ask for; may be repeated. The variable has several, separated by blanks.",
    ),
]
AccessPackages: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--access-package",
        envvar="NOFIELDS_ALTINN_ACCESS_PACKAGES",
        help="An access package to ask for; may be repeated. The variable has several, separated by blanks.",
    ),
]
RedirectUrl: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--redirect-url",
        envvar="NOFIELDS_ALTINN_REDIRECT_URL",
        help="Where Altinn sends whoever approves; registered on the system.",
    ),
]
Organisation: TypeAlias = Annotated[str, typer.Argument(metavar="ORGNR", help="Organisation number of the company.")]
