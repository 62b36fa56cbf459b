"""Serves a WSGI app."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from werkzeug.serving import make_server

WSGI = Callable[..., Any]


@contextmanager
def served_wsgi(app: WSGI) -> Iterator[Any]:
    """Serve an app in a thread, on a free port; its address is ``url``."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield SimpleNamespace(url=f"http://127.0.0.1:{server.server_port}", others=())
    finally:
        server.shutdown()
        thread.join(20)
        server.server_close()
