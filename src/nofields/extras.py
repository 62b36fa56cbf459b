"""The optional dependencies: which extra installs a missing library."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

#: The top-level modules that each extra installs and that nofields imports.
MODULES: Final = {
    "cli": {"jinja2", "rich", "typer"},
    "columns": {"numpy", "pyarrow"},
    "maskinporten": {"cryptography", "httpx2", "jinja2", "jwt", "markupsafe", "starlette", "uvicorn"},
    "spark": {"numpy", "pyarrow", "pyspark"},
    "test": {"hypothesis"},
    "web": {"cryptography", "jinja2", "markupsafe", "starlette", "uvicorn"},
}


class MissingExtraError(ModuleNotFoundError):
    """A library of an extra is not installed. The message has the command that installs it."""


@contextmanager
def importing(extra: str, by: str) -> Iterator[None]:
    """Import libraries of an extra: if one is not installed, say which extra installs it.

    Args:
        extra: The extra.
        by: What needs it, such as ``nofields.columns``.

    Raises:
        MissingExtraError: A library of the extra is not installed. Its ``name`` is the missing module.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing not in MODULES[extra]:
            raise
        message = f"{by} needs {missing}: pip install 'nofields[{extra}]'"
        raise MissingExtraError(message, name=error.name, path=error.path) from (error.__cause__ or error)
