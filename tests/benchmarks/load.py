"""``make load``: 200 users at once for 30 seconds on ``nofields serve``; fails if any request does."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from helpers.altinn_site import wait_for_page

USERS, SECONDS, PORT = 200, 30, 8765


def main() -> int:
    url = f"http://127.0.0.1:{PORT}"
    with tempfile.TemporaryDirectory() as folder:
        files = ["--store", f"{folder}/load.db", "--key-file", f"{folder}/load.key"]
        with subprocess.Popen([sys.executable, "-m", "nofields", "serve", "--port", str(PORT), *files]) as server:
            try:
                wait_for_page(url)
                users = Path(__file__).with_name("altinn_users.py")
                words = [
                    "-f",
                    users,
                    "--headless",
                    "--only-summary",
                    "-u",
                    USERS,
                    "-r",
                    USERS,
                    "-t",
                    f"{SECONDS}s",
                    "--host",
                    url,
                ]
                return subprocess.run([sys.executable, "-m", "locust", *map(str, words)], check=False).returncode
            finally:
                server.terminate()


if __name__ == "__main__":
    raise SystemExit(main())
