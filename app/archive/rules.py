"""What a backup or an export says of itself, and when it is not taken."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import IO, Any, Final

CHUNK: Final = 256 * 1024
VERSION: Final = 1
MANIFEST: Final = "manifest.json"


class NotTaken(ValueError):
    """A backup or an export that cannot be read here, or not now; the message says why."""


@dataclass(frozen=True)
class Manifest:
    """What stands in a backup or export: the schema, and the SHA-256 in hex of each member.

    `engine` is the database a backup belongs to, "" for an export, which fits all. `rows` counts
    what each table of an export holds. `missing` names attached files that were not there.
    """

    format: str
    made_at: str
    schema: str
    engine: str = ""
    version: int = VERSION
    rows: dict[str, int] = field(default_factory=dict)
    sha256: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def as_text(self) -> str:
        """Return the manifest as it is stored."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n"


def read_manifest(text: str | bytes, *, format: str) -> Manifest:
    """Read a manifest. :raises NotTaken: when it is none of this format and version."""
    try:
        given: dict[str, Any] = json.loads(text)
        manifest = Manifest(**given)
    except (ValueError, TypeError):
        raise NotTaken("Its manifest cannot be read.") from None
    if manifest.format != format:
        raise NotTaken(f"This is no {format}, but “{manifest.format}”.")
    if manifest.version != VERSION:
        raise NotTaken(f"It is of version {manifest.version}; this Baton reads {VERSION}.")
    return manifest


def differing(manifest: Manifest, found: Mapping[str, str]) -> list[str]:
    """Return a sentence for each member that is missing, too many, or not what it was."""
    names = sorted(manifest.sha256.keys() | found.keys())
    return [
        f"{name} is {_state(name, manifest.sha256, found)}"
        for name in names
        if manifest.sha256.get(name) != found.get(name)
    ]


def _state(name: str, wanted: Mapping[str, str], found: Mapping[str, str]) -> str:
    if name not in found:
        return "missing"
    return "damaged" if name in wanted else "not in the manifest"


def hashed(source: IO[bytes], *targets: IO[bytes]) -> str:
    """Read `source` to its end, copying to `targets`; return its SHA-256 in hex."""
    digest = hashlib.sha256()
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        for target in targets:
            target.write(chunk)
    return digest.hexdigest()


def file_name(sha256: str) -> str:
    """Return where an attached file lies in a backup or export."""
    return f"files/{sha256[:2]}/{sha256}"


def files_in(names: Iterable[str]) -> list[str]:
    """Return those of `names` that are attached files."""
    return [name for name in names if name.startswith("files/")]
