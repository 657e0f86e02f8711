"""What every test may ask for; the making of it is in tests/support."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.databases import ENGINES

pytest_plugins = [
    "tests.support.apps",
    "tests.support.browsers",
    "tests.support.buckets",
    "tests.support.calendar_pages",
    "tests.support.cast",
    "tests.support.chapters",
    "tests.support.clients",
    "tests.support.doors",
    "tests.support.it_desk",
    "tests.support.looking",
    "tests.support.made_up",
    "tests.support.mail",
    "tests.support.programs",
    "tests.support.rebuilt",
    "tests.support.receiver",
    "tests.support.providers",
    "tests.support.house",
    "tests.support.sparing",
]

TESTS = Path(__file__).parent

# Two workers share two cores with a browser; a slow example is no finding.
settings.register_profile("baton", deadline=None, print_blob=True)
settings.load_profile("baton")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run stories on both engines, and pages too where they are marked `both`."""
    if "engine" not in metafunc.fixturenames:
        return
    folder = Path(metafunc.definition.path).relative_to(TESTS).parts[0]
    both = folder in ("stories", "hostility") or metafunc.definition.get_closest_marker("both")
    metafunc.parametrize("engine", ENGINES if both else ENGINES[:1], scope="session")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once for each reason what was left out; nothing is skipped in silence."""
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple)
    )
    for reason, count in reasons.items():
        terminalreporter.write_line(f"Left out {count} tests: {reason}", yellow=True)
