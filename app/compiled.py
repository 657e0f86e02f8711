"""SQL made of a statement, found again without reading the statement through.

SQLAlchemy finds it by a key that tells all of the statement, and Python hashes a tuple anew each
time: forty microseconds for one of our lists, and a page asks several. Most of our statements are
built once and keep their key, so they are known by which object it is.
"""

from typing import Any, Final

from sqlalchemy import Compiled
from sqlalchemy.util import LRUCache

KEPT: Final = 500


class CompiledCache(LRUCache[Any, Compiled]):
    """What `compiled_cache` among SQLAlchemy's execution options takes: compiled SQL by its key.

    A key is a dialect, what tells all of the statement, and small things that go with it.
    """

    def __init__(self) -> None:
        super().__init__(KEPT)
        self._known: dict[Any, tuple[Any, Compiled]] = {}

    def get(self, key: Any, default: Any = None) -> Any:
        """Return what was compiled for `key`, or for one that is equal to it."""
        dialect, told, *others = key
        this = (dialect, id(told), *others)
        known = self._known.get(this)
        if known:
            return known[1]
        found = super().get(key)
        if found is None:
            return default
        if len(self._known) >= KEPT:
            self._known.clear()
        self._known[this] = (told, found)  # `told` stays alive, so that no other gets its id
        return found
