"""What exported files say of where they come from."""

from __future__ import annotations

from typing import Final

WRITTEN: Final = "Written by `nofields export`: do not edit."
#: As a comment in JavaScript and TypeScript.
NOTICE: Final = f"// {WRITTEN}\n"
