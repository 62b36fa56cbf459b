"""``python -m nofields`` is ``nofields``."""

from nofields.cli import main

main()
