"""The shape of the code: who may import whom, who commits, how long a thing may get."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "app"
EDGES = ("web", "api", "cli", "engines.py")  # the last says how an engine ends what it began
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def modules(*folders: str) -> list[Path]:
    """Return the Python modules below `folders`."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def is_view(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Say whether `node` answers an address: `@bp.get(…)`, `@bp.post(…)` or `@bp.route(…)`."""
    calls = (each.func for each in node.decorator_list if isinstance(each, ast.Call))
    return any(isinstance(c, ast.Attribute) and c.attr in ("get", "post", "route") for c in calls)


def long_functions(source: str, ceiling: int, *, views: bool = False) -> Iterator[str]:
    """Yield the functions with more than `ceiling` lines; docstring and decorators are free."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, FUNCTIONS) and (is_view(node) or not views):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            signature = node.body[0].lineno - node.lineno
            lines = signature + ((node.end_lineno or 0) - body[0].lineno + 1 if body else 0)
            if lines > ceiling:
                yield f"{node.name} in line {node.lineno}: {lines} > {ceiling}"


def long_functions_below(folder: str, ceiling: int, *, views: bool = False) -> list[str]:
    """Return a line for each function below `folder` with more than `ceiling` lines."""
    return [
        f"{path.relative_to(ROOT)}: {found}"
        for path in modules(folder)
        for found in long_functions(path.read_text("utf-8"), ceiling, views=views)
    ]


def too_long(paths: list[Path], ceiling: int) -> list[str]:
    """Return a line for each file with more than `ceiling` lines."""
    counted = ((path, len(path.read_text("utf-8").splitlines())) for path in paths)
    return [
        f"{path.relative_to(ROOT)}: {lines} > {ceiling}"
        for path, lines in counted
        if lines > ceiling
    ]


def test_the_import_contracts_are_kept() -> None:
    # In a process of its own: it sets up logging anew, which shuts the loggers of other tests.
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    linted = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert linted.returncode == 0, linted.stdout + linted.stderr


def test_only_the_edges_commit_or_roll_back() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in modules("app")
        if path.relative_to(APP).parts[0] not in EDGES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("commit", "rollback")
    ]
    assert found == []


@pytest.mark.parametrize(
    ("pattern", "ceiling"),
    [
        ("app/**/*.py", 200),
        ("tests/**/*.py", 200),
        ("templates/**/*.html", 100),
        ("static/css/**/*.css", 120),
        ("static/js/**/*.js", 60),
    ],
)
def test_no_file_is_longer_than_its_ceiling(pattern: str, ceiling: int) -> None:
    assert too_long(sorted(ROOT.glob(pattern)), ceiling) == []


def test_no_function_is_longer_than_30_lines() -> None:
    assert long_functions_below("app", 30) == []


def test_no_view_function_is_longer_than_20_lines() -> None:
    assert long_functions_below("app/web", 20, views=True) == []
    assert long_functions_below("app/api", 20, views=True) == []


def test_a_function_is_measured_without_its_docstring() -> None:
    source = "\n".join(
        ["@bp.get('/')", "def f():", '    """Say', '    it."""', *["    x = 1"] * 20]
    )
    assert list(long_functions(source, 21)) == []
    assert list(long_functions(source, 20, views=True)) == ["f in line 2: 21 > 20"]


@pytest.mark.parametrize("word", ["helpers", "utils", "common", "misc", "managers", "services"])
def test_no_module_has_a_name_that_says_nothing(word: str) -> None:
    assert [path for path in modules("app", "tests") if word in (path.stem, path.parent.name)] == []
