"""``make load``: 200 users at once for 30 seconds on ``nofields serve``, first on one form and then on the other.

Fails if any request does. Altinn 3 is the tests' own, in this process, and answers as fast as it can.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from helpers.altinn3.commands import settings
from helpers.altinn3.counterpart import running
from helpers.altinn_site import wait_for_page

USERS, SECONDS, PORT = 200, 30, 8765


def main() -> int:
    with running() as altinn3:
        codes = [measure("SettingsUser", [], {}), measure("ConnectionUser", ["--altinn3"], settings(altinn3))]
    return max(codes)


def measure(users: str, options: list[str], environment: Mapping[str, str]) -> int:
    """Let a class of users at a server, and return locust's exit code."""
    url = f"http://127.0.0.1:{PORT}"
    with tempfile.TemporaryDirectory() as folder:
        files = ["--store", f"{folder}/load.db", "--key-file", f"{folder}/load.key"]
        serve = [sys.executable, "-m", "nofields", "serve", "--port", str(PORT), *files, *options]
        with subprocess.Popen(serve, env={**os.environ, **environment}) as server:
            try:
                wait_for_page(url)
                file = Path(__file__).with_name("altinn_users.py")
                run = ["-f", file, users, "--headless", "--only-summary", "-u", USERS, "-r", USERS, "-t", f"{SECONDS}s"]
                locust = [sys.executable, "-m", "locust", *map(str, run), "--host", url]
                return subprocess.run(locust, check=False).returncode
            finally:
                server.terminate()


if __name__ == "__main__":
    raise SystemExit(main())
