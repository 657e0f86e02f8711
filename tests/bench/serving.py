"""Real servers to measure: gunicorn with two workers on a port of its own, and what they weigh."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep

from tests.bench.filling import ROOT

LIKE_THE_FLOOR = ("-w", "2", "-k", "gthread", "--threads", "8", "--preload", "--no-control-socket")
LIKE_THE_README = ("-c", "python:app.serving", "-w", "2", "app:create_app()")


@contextmanager
def serving(*arguments: str, **settings: str) -> Iterator["Server"]:
    """Serve with gunicorn until the block ends; `settings` are environment variables."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    gunicorn = Path(sys.executable).with_name("gunicorn")
    # The client takes turns: its connections stay open while the others are asked.
    every = ("--bind", f"127.0.0.1:{port}", "--log-level", "warning", "--keep-alive", "75")
    command = [gunicorn, *every, *arguments]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | settings)
    try:
        server = Server(process.pid, port)
        server.wait_until_it_answers(process)
        yield server
    finally:
        process.terminate()
        process.wait(20)


class Server:
    """One running server."""

    def __init__(self, pid: int, port: int) -> None:
        self.pid = pid
        self.port = port

    def wait_until_it_answers(self, process: "subprocess.Popen[bytes]") -> None:
        """Return once it answers. :raises RuntimeError: when it does not, in half a minute."""
        end = monotonic() + 30
        while monotonic() < end and process.poll() is None:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
            try:
                connection.request("GET", "/healthz")
                connection.getresponse()
                return
            except OSError:
                sleep(0.1)
            finally:
                connection.close()
        raise RuntimeError("The server did not start.")

    def weights(self) -> list[Mapping[str, int]]:
        """Return for each worker its Rss and Anonymous in KiB; nothing where it is not said.

        RSS counts what is mapped of the database's file too, which the system lends and takes back.
        """
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        if not children.exists():
            return []
        rollups = (Path(f"/proc/{pid}/smaps_rollup") for pid in children.read_text().split())
        found = (re.findall(r"^(Rss|Anonymous): +(\d+) kB", r.read_text(), re.M) for r in rollups)
        return [{name: int(size) for name, size in sizes} for sizes in found]
