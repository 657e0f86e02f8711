"""Word and LibreOffice files as Markdown, and what that leaves behind."""

import re
from io import BytesIO
from threading import Lock
from zipfile import ZipFile

import mammoth
from bs4 import BeautifulSoup
from markdownify import MarkdownConverter
from odfdo import Document

from app.documents.archives import UnreadableFile, open_archive
from app.language import gettext, gettext_noop

DAMAGED = gettext_noop("This file cannot be read; open it and save it once more.")
COMMENTS = gettext_noop("Comments were left out.")
CHANGES = gettext_noop("Tracked changes were taken as accepted.")
HEADERS = gettext_noop("Headers and footers were left out.")
_one_at_a_time = Lock()  # odfdo keeps what it knows of a document in one place for all threads


class Converter(MarkdownConverter):
    """HTML to Markdown that escapes only what Markdown would otherwise take for a mark."""

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Return `text` with a backslash before every such sign."""
        text = re.sub(r"([\\`*_\[\]]|<(?=[\w/!]))", r"\\\1", text)
        text = re.sub(r"(?m)^(\s*)(#{1,6}|[-+>]|\d{1,9}[.)])(?=\s|$)", _escape_first, text)
        return text.replace("|", "\\|") if {"td", "th"} & parent_tags else text


_converter = Converter(
    heading_style="ATX", bullets="-", newline_style="BACKSLASH", table_infer_header=True
)


def _escape_first(match: re.Match[str]) -> str:
    spaces, sign = match.groups()
    return f"{spaces}{sign[:-1]}\\{sign[-1]}" if sign[0].isdigit() else f"{spaces}\\{sign}"


def read_docx(content: bytes) -> tuple[str, list[str]]:
    """Return the Markdown of a Word file, and a sentence for each thing left behind.

    :raises UnreadableFile: when it is no Word file, or damaged.
    """
    archive = open_archive(content, "word/document.xml")
    try:
        result = mammoth.convert_to_html(BytesIO(content), include_embedded_style_map=False)
        html = BeautifulSoup(result.value, "html.parser")
        pictures = _without_pictures(html)
        text = _converter.convert_soup(html)
    except Exception as error:  # whatever it stumbles over, the file is to blame
        raise UnreadableFile(gettext(DAMAGED)) from error
    return _tidy(text), [*_left_in_docx(archive), *_pictures(pictures)]


def _without_pictures(html: BeautifulSoup) -> int:
    """Take out pictures and links within the document; return how many pictures there were."""
    pictures = html.find_all("img")
    for picture in pictures:
        picture.decompose()
    for link in html.select('a[href^="#"]'):
        link.unwrap()
    return len(pictures)


def _left_in_docx(archive: ZipFile) -> list[str]:
    names = archive.namelist()
    body = archive.read("word/document.xml")
    found = {
        COMMENTS: "word/comments.xml" in names,
        CHANGES: b"<w:ins " in body or b"<w:del " in body,
        HEADERS: any(name.startswith(("word/header", "word/footer")) for name in names),
        gettext_noop("Formulas were left out."): b"<m:oMath" in body,
    }
    return [sentence for sentence, is_there in found.items() if is_there]


def read_odt(content: bytes) -> tuple[str, list[str]]:
    """Return the Markdown of an OpenDocument text, and a sentence for each thing left behind.

    :raises UnreadableFile: when it is no such file, or damaged.
    """
    archive = open_archive(content, "content.xml")
    try:
        with _one_at_a_time:
            document = Document(BytesIO(content))
            pictures = len(document.body.get_images())
            changes = document.content.root.get_elements("//text:tracked-changes")
            for element in changes:
                element.delete()
            text = document.to_markdown()
        names = archive.namelist()
        styles = archive.read("styles.xml") if "styles.xml" in names else b""
    except Exception as error:  # whatever it stumbles over, the file is to blame
        raise UnreadableFile(gettext(DAMAGED)) from error
    body = archive.read("content.xml")
    found = {
        COMMENTS: b"<office:annotation" in body,
        CHANGES: bool(changes),
        HEADERS: b"<style:header>" in styles or b"<style:footer>" in styles,
    }
    lost = [sentence for sentence, is_there in found.items() if is_there]
    return _tidy(_less_escaped(str(text))), [*lost, *_pictures(pictures)]


def _less_escaped(text: str) -> str:
    """Take out backslashes that Markdown does not need: hyphens and hashes inside a line."""
    text = re.sub(r"!\[[^\]\n]*\]\([^)\n]*\)", "", text)
    return re.sub(r"(?<=\S)\\([-#])|(?<=\S )\\([-#])", r"\1\2", text).replace("\\\u00a0", "\u00a0")


def _pictures(count: int) -> list[str]:
    if not count:
        return []
    return [f"{count} {'picture was' if count == 1 else 'pictures were'} left out."]


def _tidy(text: str) -> str:
    text = re.sub(r"(?m)^ ?( *)- +", r"\1- ", text.replace("\u200b", ""))
    return re.sub(r"\n{3,}", "\n\n", text).strip()
