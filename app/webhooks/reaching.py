"""One HTTP POST to an address that somebody typed, without a way into the private network.

The name is resolved once, every address it has is checked, and the connection goes to the checked
one: a name that changes its mind in between gains nothing. Redirects are not followed.
"""

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address
TIMEOUT: Final = 10.0  # seconds for each step
DEADLINE: Final = 20.0  # seconds for all of them
# IPv6 that leads to an IPv4 address of the sender's choice: 6to4, Teredo, NAT64, compatible.
TUNNELS: Final = tuple(
    ip_network(net) for net in ("2002::/16", "2001::/32", "64:ff9b::/96", "64:ff9b:1::/48", "::/96")
)


class Unreached(RuntimeError):
    """Why a message did not arrive, as a sentence; `for_good` when trying again is no use.

    `unsent` when nobody was there to be told anything, whatever it was.
    """

    def __init__(self, sentence: str, *, for_good: bool = False, unsent: bool = False) -> None:
        super().__init__(sentence)
        self.for_good, self.unsent = for_good, unsent


def post(
    address: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    allowed: Sequence[Network],
    ca_file: str = "",
) -> None:
    """Send `body`; `allowed` are private networks that may be reached all the same.

    `ca_file` names certificates (PEM) to trust beside those of the system.

    :raises Unreached: unless the receiver answers with 2xx in time.
    """
    end = time.monotonic() + DEADLINE
    connection = None
    try:
        connection = _reached(urlsplit(address), allowed, _trusting(ca_file), end)
        status = _asked(connection, address, body, headers)
    except (OSError, ValueError, http.client.HTTPException) as error:
        said = str(error) or type(error).__name__
        raise Unreached(f"It could not be reached: {said}", unsent=connection is None) from error
    if not 200 <= status < 300:
        moved = " Redirects are not followed." if 300 <= status < 400 else ""
        raise Unreached(f"It answered {status}.{moved}", for_good=status == 410)


def _reached(
    parts: SplitResult, allowed: Sequence[Network], trust: ssl.SSLContext, end: float
) -> "Pinned":
    port = parts.port or (443 if parts.scheme == "https" else 80)
    ip = checked_address(parts.hostname or "", port, allowed)
    connection = Pinned(parts, port, ip, trust, end=end)
    try:
        connection.connect()
    except BaseException:
        connection.close()
        raise
    return connection


def _asked(connection: "Pinned", address: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Return the status that is answered, and hang up."""
    parts = urlsplit(address)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", target, body=body, headers=dict(headers))
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        connection.refuse_late()
        raise
    else:
        connection.refuse_late()
        return status
    finally:
        connection.close()


def _trusting(ca_file: str) -> ssl.SSLContext:
    """Return whom to believe: what the system knows, and the certificates of the installation."""
    trust = ssl.create_default_context()
    if ca_file:
        trust.load_verify_locations(ca_file)
    return trust


def checked_address(host: str, port: int, allowed: Sequence[Network]) -> str:
    """Return an IP address of `host`, when every one it has may be reached.

    :raises Unreached: when one of them is not public and not `allowed`.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [ip_address(entry[4][0]) for entry in found]
    if not addresses or not all(may_reach(each, allowed) for each in addresses):
        raise Unreached("Its name leads into a private network.", for_good=True, unsent=True)
    return str(addresses[0])


def may_reach(address: Address, allowed: Sequence[Network]) -> bool:
    """Say whether `address` is public, or in one of the `allowed` networks."""
    inner = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    if inner is not None:
        return may_reach(inner, allowed)
    if any(address in network for network in allowed):
        return True
    tunnelled = any(address in network for network in TUNNELS)
    return address.is_global and not address.is_multicast and not tunnelled


class Pinned(http.client.HTTPConnection):
    """A connection to one checked IP address, with the name kept for the certificate.

    Each step has its timeout; at `end` (as `time.monotonic` tells) somebody hangs up, also on a
    receiver that drips its handshake or its answer.
    """

    def __init__(
        self, parts: SplitResult, port: int, ip: str, trust: ssl.SSLContext, *, end: float
    ) -> None:
        super().__init__(parts.hostname or "", port, timeout=TIMEOUT)
        self._ip, self._tls, self._trust = ip, parts.scheme == "https", trust
        self.default_port = 443 if self._tls else 80  # left out of the Host header
        self._end, self._is_late = end, False
        self._watch: threading.Timer | None = None

    def connect(self) -> None:
        """Connect to the checked address; with https, make sure who is there."""
        wait = min(TIMEOUT, max(self._end - time.monotonic(), 0.01))
        sock: Any = socket.create_connection((self._ip, self.port), wait)
        sock.settimeout(TIMEOUT)
        self.sock = sock
        self._watch = threading.Timer(self._end - time.monotonic(), self._hang_up)
        self._watch.start()
        if not self._tls:
            return
        trust, name = self._trust, self.host
        self.sock = trust.wrap_socket(sock, server_hostname=name, do_handshake_on_connect=False)
        self.refuse_late()  # it may have been just the moment between the two sockets
        try:
            self.sock.do_handshake()
        except OSError:
            self.refuse_late()
            raise

    def refuse_late(self) -> None:
        """:raises TimeoutError: when it is past the end."""
        if self._is_late:
            raise TimeoutError("it took too long")

    def close(self) -> None:
        """Hang up, and watch no more."""
        if self._watch:
            self._watch.cancel()
        super().close()

    def _hang_up(self) -> None:
        """End what is going on, from another thread."""
        self._is_late = True
        with contextlib.suppress(OSError):
            # The socket below TLS; its own way of shutting down takes the session away under us.
            socket.socket.shutdown(self.sock, socket.SHUT_RDWR)
