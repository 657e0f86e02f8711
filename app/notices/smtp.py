"""Letters handed to a mail server."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, parseaddr
from types import TracebackType
from urllib.parse import parse_qs, unquote, urlsplit

from app.notices.models import Letter
from app.notices.tokens import reply_address, unsubscribe_token

TIMEOUT = 20  # seconds


@dataclass(frozen=True)
class MailSettings:
    """Which server to speak to and as whom.

    `server` is smtp://user:password@host:587?starttls=yes or smtps://…; `sender` an address with
    its name; `mailbox` receives answers, "" when none are read.
    """

    server: str
    sender: str
    mailbox: str
    url: str
    secret: str


class Refused(Exception):
    """The server does not take a letter; `for_good` when trying again cannot help.

    `away` when it would take no other one either.
    """

    def __init__(self, reason: str, *, for_good: bool = False, away: bool = False) -> None:
        super().__init__(reason)
        self.for_good, self.away = for_good, away


class Postman:
    """One connection to the mail server, for a round of letters."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> "Postman":
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._connection:
            self._connection.close()

    def send(self, letter: Letter) -> None:
        """Hand one letter over. :raises Refused: when that did not go, whatever it was."""
        message = _sendable(letter, self._settings)
        try:
            self._connected().send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            code, words = next(iter(refused.recipients.values()))
            raise Refused(f"{code} {words!r}", for_good=500 <= code < 600) from None
        except smtplib.SMTPResponseException as error:
            self._connection = None
            for_good = 500 <= error.smtp_code < 600 and error.smtp_code not in (530, 535)
            raise Refused(f"{error.smtp_code} {error.smtp_error!r}", for_good=for_good) from None
        except Exception as error:
            self._connection = None
            away = isinstance(error, (OSError, smtplib.SMTPException))
            raise Refused(f"{type(error).__name__}: {error}", away=away) from error

    def _connected(self) -> smtplib.SMTP:
        if self._connection is None:
            self._connection = _connect(self._settings.server)
        return self._connection


def _connect(server: str) -> smtplib.SMTP:
    parts = urlsplit(server)
    host, options = parts.hostname or "localhost", parse_qs(parts.query)
    if parts.scheme == "smtps":
        context = ssl.create_default_context()
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            host, parts.port or 465, timeout=TIMEOUT, context=context
        )
    else:
        connection = smtplib.SMTP(host, parts.port or 25, timeout=TIMEOUT)
        if options.get("starttls", ["no"])[0] in ("yes", "1", "true"):
            connection.starttls(context=ssl.create_default_context())
    if parts.username:
        connection.login(unquote(parts.username), unquote(parts.password or ""))
    return connection


def _sendable(letter: Letter, settings: MailSettings) -> EmailMessage:
    """Return the mail, ready to be written out. :raises Refused: when none can be made of it.

    Strangers write addresses that the standard library stumbles over in ways of its own.
    """
    try:
        message = message_of(letter, settings)
        message.as_bytes(policy=SMTP)
        there = len([one for one in message["To"].addresses if one.username and one.domain])
    except Exception as error:
        raise Refused(f"No mail: {type(error).__name__}", for_good=True) from error
    if there != 1:
        raise Refused(f"No mail: {there} addresses", for_good=True)
    return message


def message_of(letter: Letter, settings: MailSettings) -> EmailMessage:
    """Return the mail: threaded by its request, marked as automatic, with a way out in one click.

    RFC 3834 (Auto-Submitted), RFC 8058 (one-click unsubscribe), RFC 5322 (threading).
    """
    message = EmailMessage()
    name, address = parseaddr(settings.sender)
    domain = address.rpartition("@")[2] or "localhost"
    message["From"] = formataddr((name or "Baton", address))
    message["To"] = letter.to
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = letter.created_at
    message["Message-ID"] = f"<baton.letter.{letter.id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if letter.request_id:
        thread = letter.in_reply_to or f"<baton.request.{letter.request_id}@{domain}>"
        message["In-Reply-To"] = message["References"] = thread
    if letter.request_id and letter.person_id and settings.mailbox:
        message["Reply-To"] = reply_address(
            settings.mailbox,
            request_id=letter.request_id,
            person_id=letter.person_id,
            secret=settings.secret,
        )
    if letter.person_id:
        token = unsubscribe_token(
            letter.person_id, letter.reason or "digest", secret=settings.secret
        )
        message["List-Unsubscribe"] = f"<{settings.url}/unsubscribe/{token}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.body)
    return message
