"""How gunicorn serves Baton: `gunicorn -c app/serving.py`. README, Docker and systemd all use this.

Read by gunicorn before the application is there. `BATON_BIND`, `BATON_WORKERS` and `BATON_THREADS`
change the usual; whatever stands on gunicorn's command line wins over this file.
"""

import gc
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
# Each worker counts in a file of its own, and any of them can tell the sum. Prometheus' client
# looks for the folder when it is first imported.
os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="baton-metrics-"))

from prometheus_client import multiprocess

from app.config import WrongSetting, read_settings
from app.logs import CONFIG
from app.operating_settings import positive

try:  # here a wrong setting can be said in a line; when the application starts, it is a traceback
    read_settings(os.environ)
    workers = positive("BATON_WORKERS", os.environ.get("BATON_WORKERS") or str(os.cpu_count() or 2))
    threads = positive("BATON_THREADS", os.environ.get("BATON_THREADS") or "8")
except WrongSetting as wrong:
    sys.exit(f"Error: {wrong}")
wsgi_app = "app:create_app()"
bind = os.environ.get("BATON_BIND", "127.0.0.1:8000")
worker_class = "gthread"
preload_app = True  # loaded once and shared by all workers
max_requests, max_requests_jitter = 20_000, 2_000  # a worker that grew is replaced, one by one
timeout, graceful_timeout, keepalive = 30, 30, 5  # seconds
# A heartbeat needs no disk; where that folder is closed to us, the usual one does.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK | os.X_OK) else None
control_socket_disable = True  # another door, in a folder a container may not have
forwarded_allow_ips = ""  # BATON_TRUSTED_PROXIES says whom to believe
# The demo speaks to somebody at a terminal, who looks there for its address.
logconfig_dict = CONFIG | {"loggers": {}} if os.environ.get("BATON_DEMO") else CONFIG


def pre_fork(_server: Any, _worker: Any) -> None:
    """Leave what was loaded out of every collection: workers share its memory, and pause less.

    The collector would walk through a quarter of a million objects that never go, in the middle of
    answers. What an answer leaves behind is freed by counting references nearly always, so that
    looking for cycles can be rare.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def post_fork(_server: Any, _worker: Any) -> None:
    """Make the folder of the counts anew where somebody has tidied it away."""
    Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]).mkdir(parents=True, exist_ok=True)


def child_exit(_server: Any, worker: Any) -> None:
    """Let the gauges of a worker that ended go; its counts stay."""
    multiprocess.mark_process_dead(worker.pid)
