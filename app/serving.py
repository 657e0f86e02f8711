"""How gunicorn serves Baton: `gunicorn -c python:app.serving "app:create_app()"`.

What the command line says besides wins, such as `-w 8` or `--bind`.
"""

import gc
from typing import Any, Final

workers: Final = 2
worker_class: Final = "gthread"
threads: Final = 8
control_socket_disable: Final = True
# Built once, then forked: the workers share its memory, and start at once.
preload_app: Final = True


def when_ready(_server: Any) -> None:
    """Take what was built to start with out of the cycle collector's sight, before any fork.

    The collector otherwise walks through all of it again and again in the middle of answers: it
    is a quarter of a million objects that never go. What an answer leaves behind is freed by
    counting references nearly always, so that looking for cycles can be rare.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
