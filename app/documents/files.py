"""The words of a file as Markdown: .docx through mammoth, .odt through odfdo, and plain text."""

from dataclasses import dataclass
from pathlib import PurePath

from app.documents.archives import UnreadableFile

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


@dataclass(frozen=True)
class Reading:
    """What a file says; `lost` has a sentence for each thing that could not be carried over."""

    text: str
    media_type: str
    lost: list[str]


def read_file(name: str, content: bytes) -> Reading:
    """Return the words of the file called `name`.

    :raises UnreadableFile: with the reason as a sentence.
    """
    ending = PurePath(name).suffix.lower()
    if ending not in TYPES:
        raise UnreadableFile("Please choose a .docx, .odt, .txt or .md file.")
    if len(content) > LIMIT:
        raise UnreadableFile(f"Please stay within {LIMIT // 1024 // 1024} MB.")
    if content.startswith(OLD_WORD):
        raise UnreadableFile(
            "This is an old Word file, or one behind a password. Save it as .docx without one."
        )
    text, lost = _read_plain(content) if ending in PLAIN else _read_office(ending, content)
    if not text.strip():
        raise UnreadableFile("There are no words in this file.")
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
        raise UnreadableFile("This is not a text file.")
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        lost = "The file was not in UTF-8; please check accents and special characters."
        return content.decode("cp1252", errors="replace"), [lost]


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile("This text file is damaged; save it as UTF-8.") from error
