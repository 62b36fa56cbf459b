"""The Jinja templates of forms, named ``nofields/…`` so that they do not clash with an app's own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    defaults,
)
from markupsafe import Markup

from nofields import messages

#: Where templates are: a folder, or a loader of Jinja's.
TemplateSource = str | os.PathLike[str] | BaseLoader
#: What nofields' templates rely on.
_SETTINGS: Mapping[str, Any] = {
    "autoescape": True,
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
}
#: What they rely on as well, and a host may have changed. Code that it compiled with other settings is not theirs.
_SYNTAX: Mapping[str, Any] = {
    "block_start_string": defaults.BLOCK_START_STRING,
    "block_end_string": defaults.BLOCK_END_STRING,
    "variable_start_string": defaults.VARIABLE_START_STRING,
    "variable_end_string": defaults.VARIABLE_END_STRING,
    "comment_start_string": defaults.COMMENT_START_STRING,
    "comment_end_string": defaults.COMMENT_END_STRING,
    "line_statement_prefix": None,
    "line_comment_prefix": None,
    "newline_sequence": defaults.NEWLINE_SEQUENCE,
    "keep_trailing_newline": False,
    "finalize": None,
    "enable_async": False,
    "bytecode_cache": None,
}


class Templates:
    """The templates that show a form: a project's own before nofields'.

    Attributes:
        own: The loaders and folders of the project.
        environment: Loads and renders them.
    """

    def __init__(self, own: tuple[BaseLoader | Path, ...], environment: Environment) -> None:
        self.own = own
        self.environment = environment

    def render(self, name: str, **values: object) -> Markup:
        """Render the template ``nofields/{name}``."""
        return Markup(self.environment.get_template(f"nofields/{name}").render(**values))

    def within(self, host: Environment) -> Templates:
        """Return these templates with a host's environment, whose own come before nofields', and whose globals they see."""
        return _within(self.own, host, host.loader)


def templates(sources: TemplateSource | Iterable[TemplateSource] = ()) -> Templates:
    """Return a project's templates and nofields', the same object for the same sources.

    Raises:
        ValueError: There is no such folder.
    """
    several = [sources] if isinstance(sources, str | os.PathLike | BaseLoader) else sources
    return _templates(tuple(each if isinstance(each, BaseLoader) else _folder(each) for each in several))


def loader() -> BaseLoader:
    """Return a loader of nofields' templates, for an app's own environment.

    One that is overridden by a template of its name is still found with an exclamation mark: ``!nofields/form.html``.
    """
    original = PrefixLoader({"!nofields": PackageLoader("nofields.forms", "templates/nofields")})
    return ChoiceLoader([PackageLoader("nofields.forms", "templates"), original])


def environment(*more: BaseLoader) -> Environment:
    """Return an environment that escapes all values and has :func:`nofields.message` as a global.

    Args:
        more: Loaders that take precedence over nofields' own.
    """
    environment = Environment(loader=ChoiceLoader([*more, loader()]), auto_reload=False, **_SETTINGS)
    environment.globals["message"] = messages.message
    return environment


# Bounded, as a program may make loaders without end; a form keeps its own.
@lru_cache(64)
def _templates(own: tuple[BaseLoader | Path, ...]) -> Templates:
    made = environment(*map(_loader, own))
    made.auto_reload = bool(own)  # as in Jinja: an author sees a change at once
    return Templates(own, made)


@lru_cache(64)
def _within(own: tuple[BaseLoader | Path, ...], host: Environment, of_host: BaseLoader | None) -> Templates:
    loaders = [*map(_loader, own), *([of_host] if of_host else []), loader()]
    overlay = host.overlay(loader=ChoiceLoader(loaders), **_SYNTAX, **_SETTINGS)
    return Templates(own, overlay)


def _folder(path: str | os.PathLike[str]) -> Path:
    folder = Path(path).resolve()
    if not folder.is_dir():
        raise ValueError(f"templates: there is no folder {folder}")
    return folder


def _loader(source: BaseLoader | Path) -> BaseLoader:
    return FileSystemLoader(source) if isinstance(source, Path) else source
