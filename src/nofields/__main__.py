"""Run the command line as ``python -m nofields``."""

from nofields.cli import main

main()
