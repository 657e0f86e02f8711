"""What others made is in static/vendor exactly as they published it, with its licence."""

import base64
import hashlib
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
PAPERS = ("LICENSE", "LICENSE.txt", "LICENSE.md", "OFL.txt")


def manifest() -> dict[str, tuple[str, str, str]]:
    """Return name, licence and sha384 by path: `path  name-version  licence  sha384`, by tabs."""
    lines = (VENDOR / "MANIFEST").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {path: (name, licence, digest) for path, name, licence, digest in rows}


def sha384(path: Path) -> str:
    """Return the digest as an `integrity` attribute writes it, without the prefix."""
    return base64.b64encode(hashlib.sha384(path.read_bytes()).digest()).decode()


def test_every_vendored_file_is_in_the_manifest() -> None:
    files = {
        path.relative_to(VENDOR).as_posix()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name not in ("MANIFEST", *PAPERS)
    }
    assert files == set(manifest())


def test_no_vendored_file_was_changed() -> None:
    wrong = [path for path, (_, _, digest) in manifest().items() if sha384(VENDOR / path) != digest]
    assert wrong == []


def test_every_vendored_file_lies_beside_its_licence() -> None:
    missing = [
        path
        for path in manifest()
        if not any(((VENDOR / path).parent / paper).exists() for paper in PAPERS)
    ]
    assert missing == []


def test_a_template_asks_for_the_vendored_file_itself() -> None:
    asked = {
        digest
        for path in (ROOT / "templates").rglob("*.html")
        for digest in re.findall(r'integrity="sha384-([^"]+)"', path.read_text("utf-8"))
    }
    assert asked <= {digest for _, _, digest in manifest().values()}
