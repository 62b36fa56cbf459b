"""The Nu HTML checker. It runs as a server, since Java starts slowly."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.request import Request, urlopen

from helpers.altinn_site import free_port, wait_for_page
from helpers.node import package

#: Returns the messages of the checker about a page.
HtmlErrors = Callable[[str], list[Any]]


@contextmanager
def html_checker() -> Iterator[HtmlErrors]:
    java = shutil.which("java")
    assert java, "Java is missing: apt-get install default-jre-headless"
    port = free_port()
    jar = package("vnu-jar") / "build" / "dist" / "vnu.jar"
    address = ["-Dnu.validator.servlet.bind-address=127.0.0.1", "-cp", jar, "nu.validator.servlet.Main", str(port)]
    with subprocess.Popen([java, *address], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for_page(f"http://127.0.0.1:{port}/", tries=900)

            def errors(html: str) -> list[Any]:
                headers = {"Content-Type": "text/html; charset=utf-8"}
                with urlopen(Request(f"http://127.0.0.1:{port}/?out=json", html.encode(), headers), timeout=60) as answer:
                    messages = json.load(answer)["messages"]
                return [(each["message"], each.get("extract")) for each in messages]

            assert errors("<p></q>"), "the checker reports no error at all"
            yield errors
        finally:
            server.kill()
