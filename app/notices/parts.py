"""The parts of a mail: which of them are its words, and which are files that came along."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage, MIMEPart
from functools import cached_property
from mimetypes import guess_extension
from typing import Any

from bs4 import BeautifulSoup

HTML_LIMIT = 1_000_000  # characters that are looked through for words
SIGNATURES = frozenset(
    f"application/{kind}" for kind in ("pgp-signature", "pkcs7-signature", "x-pkcs7-signature")
)


@dataclass(frozen=True)
class File:
    """A file that came along; `within` the words, as pictures of a signature are too."""

    name: str
    content: bytes
    within: bool

    @cached_property
    def sha256(self) -> str:
        """The hash under which its bytes lie in the storage."""
        return hashlib.sha256(self.content).hexdigest()


def text_of(message: EmailMessage) -> str:
    """Return the words of a mail, those below a picture too, with what they quote."""
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    if body.get_content_type() == "text/html":
        return _without_tags(_decoded(body))
    more = [part for part in message.iter_attachments() if _is_plain_words(part)]
    return "\n\n".join(_decoded(part).strip("\n") for part in (body, *more))


def files_of(message: EmailMessage) -> tuple[File, ...]:
    """Return the files of a mail: neither words in any shape nor signatures of programs."""
    return tuple(
        File(_name(part), _content(part), within)
        for part, within in _leaves(message)
        if _is_file(part)
    )


def _leaves(message: EmailMessage) -> Iterator[tuple[MIMEPart, bool]]:
    """Yield each part that holds no others, and whether it belongs into the words."""
    todo: list[tuple[MIMEPart, bool]] = [(message, False)]
    while todo:
        part, within = todo.pop()
        inner: Any = part.get_payload()
        if part.get_content_maintype() != "multipart" or not isinstance(inner, list):
            yield part, within
            continue
        within = within or part.get_content_subtype() == "related"
        todo += [(each, within) for each in reversed(inner)]


def _is_file(part: MIMEPart) -> bool:
    if part.get_content_type() in SIGNATURES:
        return False
    named = part.is_attachment() or bool(part.get_filename())
    return named or part.get_content_maintype() not in ("text", "multipart")


def _is_plain_words(part: MIMEPart) -> bool:
    return part.get_content_type() == "text/plain" and not _is_file(part)


def _name(part: MIMEPart) -> str:
    return part.get_filename() or f"file{guess_extension(part.get_content_type()) or ''}"


def _content(part: MIMEPart) -> bytes:
    inner: Any = part.get_payload()
    if isinstance(inner, list):  # a mail that is passed on
        return b"".join(bytes(each) for each in inner)
    return bytes(part.get_payload(decode=True) or b"")


def _decoded(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except LookupError:  # a character set that nobody knows
        return bytes(part.get_payload(decode=True) or b"").decode("utf-8", "replace")


def _without_tags(html: str) -> str:
    soup = BeautifulSoup(html[:HTML_LIMIT], "html.parser")
    for gone in soup(["blockquote", "script", "style"]):
        gone.decompose()
    return soup.get_text("\n")
