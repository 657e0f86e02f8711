"""What is committed: the agreed names at the top, and nothing that belongs to one machine."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOP = {
    "README.md", "LICENSE", "Makefile", "pyproject.toml", "requirements.txt",
    "requirements-dev.txt", "Dockerfile", "compose.yaml",
    "app", "migrations", "static", "templates", "tests",
}  # fmt: skip
# In two halves, so that this file does not find itself.
ELSEWHERE = re.compile("|".join(["py" + r"pi\.", r"files\.python" + "hosted", "--index" + "-url"]))
MACHINE = re.compile(
    rf"(?<![\w.}}/-])/(?:{'|'.join(['wo' + 'rk', 'ro' + 'ot', 'ho' + 'me', 'Us' + 'ers'])})/\w"
)


@cache
def committed() -> tuple[str, ...]:
    """Return every path under version control; skips where there is no checkout."""
    command = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return tuple(path for path in listed.stdout.split("\0") if path and (ROOT / path).exists())


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    """Return each committed line of text that holds `pattern`, vendored files left out."""
    found = []
    for path in committed():
        if path.startswith("static/vendor/"):
            continue
        try:
            text = (ROOT / path).read_text("utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if pattern.search(line):
                found.append(f"{path}:{number} {line.strip()[:100]}")
    return found


def test_the_top_holds_the_agreed_names_only() -> None:
    top = {path.split("/")[0] for path in committed()}
    assert {name for name in top if not name.startswith(".")} <= TOP


def test_no_file_names_a_package_index() -> None:
    assert lines_with(ELSEWHERE) == []


def test_no_file_names_a_path_of_one_machine() -> None:
    assert lines_with(MACHINE) == []


def test_every_locked_package_has_its_hash() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        blocks = re.split(r"\n(?=\S)", (ROOT / name).read_text("utf-8").strip())
        assert [block for block in blocks if "--hash=sha256:" not in block] == []


def test_what_runs_is_tested_in_the_same_versions() -> None:
    pinned = re.compile(r"^([\w.-]+==[^\s;]+)", re.M)
    runtime, dev = (
        set(pinned.findall((ROOT / name).read_text("utf-8")))
        for name in ("requirements.txt", "requirements-dev.txt")
    )
    assert runtime
    assert runtime <= dev
