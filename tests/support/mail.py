"""A real SMTP server in the test's own process, and what it was given."""

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller


class Mailbox:
    """Takes every mail, unless it is told to be away or to refuse somebody."""

    def __init__(self):
        self.mails = []
        self.refuse = ""

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def subjects(self, to):
        """Return the subjects of what somebody was sent."""
        return [mail["Subject"] for mail in self.mails if mail["To"] == to]


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """Yield a mailbox behind a server at `mailbox.url`."""
    handler = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    handler.url = f"smtp://127.0.0.1:{port}"
    yield handler
    controller.stop()
