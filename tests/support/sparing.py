"""What two thousand tests need not pay for each."""

import gc
from collections.abc import Iterator
from types import ModuleType

import pytest
from freezegun import api as freezegun


def pytest_collection_finish() -> None:
    """Leave what is loaded by now out of every look for garbage, and look more rarely."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


@pytest.fixture(scope="session", autouse=True)
def quick_freezing() -> Iterator[None]:
    """Let each freezing of the clock tell by a count of its names whether a module has changed.

    Freezegun sorts all names of three thousand modules each time, for 25 ms.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(freezegun, "_get_module_attributes_hash", _count_of_names)
        yield


def _count_of_names(module: ModuleType) -> str:
    return f"{id(module)}-{len(vars(module))}"
