"""Where the bytes of files lie: by the hash of their content, on disk or in an S3 bucket.

The same content is kept once. Nothing is ever overwritten, so a file that was stored by an act
that failed afterwards does no harm.
"""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import IO, Any, Protocol
from urllib.parse import parse_qs, urlsplit

CHUNK = 256 * 1024


class Storage(Protocol):
    """Keeps bytes under their SHA-256."""

    def put(self, source: IO[bytes]) -> tuple[str, int]:
        """Keep what `source` gives; return its SHA-256 in hex and its size in bytes."""

    def open(self, sha256: str) -> IO[bytes]:
        """Return the bytes for reading. :raises FileNotFoundError: when there are none."""


class Disk:
    """Files in a folder, two letters of the hash a level."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, source: IO[bytes]) -> tuple[str, int]:
        """Write beside, then move into place: whole or not at all."""
        self._folder.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        descriptor, name = tempfile.mkstemp(dir=self._folder)
        try:
            with os.fdopen(descriptor, "wb") as target:
                while chunk := source.read(CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    target.write(chunk)
                target.flush()
                os.fsync(target.fileno())
            place = self._place(digest.hexdigest())
            place.parent.mkdir(exist_ok=True)
            Path(name).replace(place)
        finally:
            Path(name).unlink(missing_ok=True)
        return digest.hexdigest(), size

    def open(self, sha256: str) -> IO[bytes]:
        """Return the file for reading."""
        return self._place(sha256).open("rb")

    def _place(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256


class Bucket:
    """Objects in an S3 bucket; needs boto3, which is installed only where it is wanted."""

    def __init__(self, name: str, prefix: str, endpoint: str | None) -> None:
        import boto3  # a tenth of a second and many megabytes that most installations do not need

        self._client: Any = boto3.client("s3", endpoint_url=endpoint)
        self._name, self._prefix = name, prefix

    def put(self, source: IO[bytes]) -> tuple[str, int]:
        """Hash first, then send; an object is there whole or not at all."""
        digest, size = hashlib.sha256(), 0
        with tempfile.TemporaryFile() as local:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                local.write(chunk)
            local.seek(0)
            self._client.upload_fileobj(local, self._name, self._key(digest.hexdigest()))
        return digest.hexdigest(), size

    def open(self, sha256: str) -> IO[bytes]:
        """Return the object for reading."""
        try:
            found = self._client.get_object(Bucket=self._name, Key=self._key(sha256))
        except self._client.exceptions.NoSuchKey:
            raise FileNotFoundError(sha256) from None
        body: IO[bytes] = found["Body"]
        return body

    def _key(self, sha256: str) -> str:
        return f"{self._prefix}{sha256[:2]}/{sha256}"


def storage_at(place: str) -> Storage:
    """Return the storage at a folder, or at s3://bucket/prefix?endpoint=https://…"""
    parts = urlsplit(place)
    if parts.scheme != "s3":
        return Disk(Path(place))
    prefix = parts.path.strip("/")
    endpoint = parse_qs(parts.query).get("endpoint", [None])[0]
    return Bucket(parts.netloc, f"{prefix}/" if prefix else "", endpoint)
