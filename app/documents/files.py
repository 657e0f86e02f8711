"""The words of a file as Markdown: .docx through mammoth, .odt through odfdo, and plain text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from app.documents.archives import UnreadableFile
from app.language import gettext, gettext_noop, ngettext

LIMIT = 10 * 1024 * 1024  # bytes
OLD_WORD = bytes.fromhex("d0cf11e0")  # a .doc, or a .docx behind a password
PLAIN = frozenset({".md", ".markdown", ".txt"})
TYPES = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".txt": "text/plain",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
}


PICTURES = re.compile(r"(\d+) pictures? (was|were) left out\.")


@dataclass(frozen=True)
class Reading:
    """What a file says; `lost` has a sentence for each thing that could not be carried over.

    They are kept in English; `lost_in_words` says them to a reader.
    """

    text: str
    media_type: str
    lost: list[str]


def read_file(name: str, content: bytes) -> Reading:
    """Return the words of the file called `name`.

    :raises UnreadableFile: with the reason as a sentence.
    """
    ending = PurePath(name).suffix.lower()
    if ending not in TYPES:
        raise UnreadableFile(gettext("Please choose a .docx, .odt, .txt or .md file."))
    if len(content) > LIMIT:
        size = LIMIT // 1024 // 1024
        raise UnreadableFile(gettext("Please stay within %(size)s MB.", size=size))
    if content.startswith(OLD_WORD):
        raise UnreadableFile(
            gettext(
                "This is an old Word file, or one behind a password. Save it as .docx without one."
            )
        )
    text, lost = _read_plain(content) if ending in PLAIN else _read_office(ending, content)
    if not text.strip():
        raise UnreadableFile(gettext("There are no words in this file."))
    return Reading(text, TYPES[ending], lost)


def _read_office(ending: str, content: bytes) -> tuple[str, list[str]]:
    # Here, because the libraries take a quarter of a second to load, and few processes need them.
    from app.documents.word_files import read_docx, read_odt

    return read_docx(content) if ending == ".docx" else read_odt(content)


def _read_plain(content: bytes) -> tuple[str, list[str]]:
    """UTF-8 first, UTF-16 when it says so, else the old western code page, which fits anything."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(content, "utf-16"), []
    if b"\0" in content:
        raise UnreadableFile(gettext("This is not a text file."))
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        lost = gettext_noop(
            "The file was not in UTF-8; please check accents and special characters."
        )
        return content.decode("cp1252", errors="replace"), [lost]


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(gettext("This text file is damaged; save it as UTF-8.")) from error


def lost_in_words(lost: Sequence[str]) -> list[str]:
    """Return what could not be carried over, in the language spoken."""
    return [_lost(sentence) for sentence in lost]


def _lost(sentence: str) -> str:
    pictures = PICTURES.fullmatch(sentence)
    if pictures is None:
        return gettext(sentence)
    count = int(pictures[1])
    return ngettext("%(num)s picture was left out.", "%(num)s pictures were left out.", count)
