"""Zip files from strangers: opened only when they are what they say and no trap."""

import lzma
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from app.language import gettext

LARGEST = 60 * 1024 * 1024  # bytes, unpacked
LARGEST_TEXT = 12 * 1024 * 1024  # bytes of one XML part; a long novel has two or three million
MOST_PARTS = 5_000
ENCRYPTED = 0x1
# What zipfile and its decompressors raise for bytes that are no archive, or a damaged one.
BROKEN = (
    *(BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError),
    *(zlib.error, lzma.LZMAError),
)


class UnreadableFile(ValueError):
    """A file that cannot become a version; the sentence says why."""


def open_archive(content: bytes, must_have: str) -> ZipFile:
    """Return the archive, once it is known to be small, open, free of traps and to hold a part.

    :raises UnreadableFile: with the reason as a sentence.
    """
    try:
        archive = ZipFile(BytesIO(content))
        _check(archive, must_have)
    except BROKEN as error:
        if isinstance(error, UnreadableFile):
            raise
        said = gettext("This file is damaged; open it and save it once more.")
        raise UnreadableFile(said) from error
    return archive


def _check(archive: ZipFile, must_have: str) -> None:
    parts = archive.infolist()
    if must_have not in archive.namelist():
        raise UnreadableFile(gettext("This file is not what its name says; save it once more."))
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise UnreadableFile(gettext("This file is behind a password; save it without one."))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST:
        raise UnreadableFile(gettext("This file is too large inside; leave its pictures out."))
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            _check_text(archive.read(part))


def _check_text(text: bytes) -> None:
    """Office programs never declare a document type; whoever does means harm."""
    if len(text) > LARGEST_TEXT:
        raise UnreadableFile(gettext("This text is too long for one piece."))
    head = text[:2000].replace(b"\0", b"").upper()  # UTF-16, too
    if b"<!DOCTYPE" in head or b"<!ENTITY" in text.replace(b"\0", b"").upper():
        raise UnreadableFile(
            gettext("This file holds instructions instead of words; it stays outside.")
        )
