"""A mail that came in: what it says, without quotes, and whether a person wrote it."""

import hashlib
import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr

from mailparser_reply import EmailReplyParser

from app.notices.parts import File, files_of, text_of

LIMIT = 15 * 1024 * 1024  # bytes of one mail: room for a file of 10 MB, as mail writes it
WORDS_LIMIT = 20_000
LOOKED_AT = 10 * WORDS_LIMIT  # characters among which somebody's own words are looked for
LANGUAGES = ["en", "de", "fr", "es", "it", "nl", "pl", "sv"]
# Outlook's line above what it quotes, which the reader of replies leaves standing in German.
ABOVE_QUOTED = re.compile(
    r"^\s*-{2,}\s*(Original Message|Ursprüngliche Nachricht)\s*-{2,}\s*$", re.I
)
TO = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")


class Unreadable(ValueError):
    """Bytes that are no mail."""


@dataclass(frozen=True)
class Incoming:
    """One mail: from whom, to which addresses, its own words, and what makes it automatic.

    `cut` says that there were more words than are taken, `too_large` that files are left out.
    """

    sender: str
    to: tuple[str, ...]
    subject: str
    words: str
    automatic: str
    key: str
    files: tuple[File, ...] = ()
    cut: bool = False
    too_large: bool = False


def read_mail(raw: bytes) -> Incoming:
    """Return what a mail says. :raises Unreadable: when it cannot be read at all."""
    try:
        message = message_from_bytes(raw[:LIMIT], policy=policy.default)
        words = _own_words(text_of(message))
        return Incoming(
            sender=_sender(message),
            to=_addresses(message),
            subject=" ".join(str(message.get("Subject", "")).split())[:200],
            words=words if len(words) <= WORDS_LIMIT else words[:WORDS_LIMIT].rsplit(None, 1)[0],
            automatic=_automatic(message),
            key=_key(message, raw),
            files=files_of(message) if len(raw) <= LIMIT else (),
            cut=len(words) > WORDS_LIMIT,
            too_large=len(raw) > LIMIT,
        )
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as wrong:
        raise Unreadable(f"It is not a mail that can be read ({type(wrong).__name__}).") from None


def _sender(message: EmailMessage) -> str:
    """Return the address it says it is from, "" where that holds what no address does."""
    address = parseaddr(str(message.get("From", "")))[1]
    return address if address.isprintable() else ""


def _addresses(message: EmailMessage) -> tuple[str, ...]:
    values = [str(value) for name in TO for value in message.get_all(name, [])]
    return tuple(address for _, address in getaddresses(values))


def _own_words(text: str) -> str:
    """Return the newest words of a mail: neither what it quotes nor its signature."""
    plain = text[:LOOKED_AT].replace("\r\n", "\n").replace("\0", "")
    reply = EmailReplyParser(languages=LANGUAGES).parse_reply(text=plain) or ""
    lines = [
        line
        for line in reply.splitlines()
        if not line.startswith(">") and not ABOVE_QUOTED.match(line)
    ]
    return "\n".join(lines).strip()


def _automatic(message: EmailMessage) -> str:
    """Return the header that says that no person wrote it, "" for a person (RFC 3834)."""
    if str(message.get("Auto-Submitted", "no")).split(";")[0].strip().lower() != "no":
        return "Auto-Submitted"
    if str(message.get("Precedence", "")).strip().lower() in ("bulk", "junk", "list"):
        return "Precedence"
    if str(message.get("Return-Path", "x")).strip() == "<>":
        return "Return-Path"
    for name in ("X-Autoreply", "X-Autorespond", "X-Loop", "List-Id"):
        if message.get(name):
            return name
    return ""


def _key(message: EmailMessage, raw: bytes) -> str:
    """Return what tells this mail from every other, so that it is taken once."""
    identity = str(message.get("Message-ID", "")).strip().encode() or raw
    return f"mail-{hashlib.sha256(identity).hexdigest()[:48]}"
