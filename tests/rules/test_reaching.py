"""Which addresses a webhook may lead to."""

import socket
import threading
import time
from contextlib import contextmanager, suppress
from ipaddress import ip_address, ip_network

import pytest

from app.webhooks import reaching
from app.webhooks.reaching import Unreached, checked_address, may_reach, post
from app.webhooks.rules import WrongAddress, check_address, event_name


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("::127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("2001:0:7f00:1::", False),
    ],
)
def test_only_public_addresses_are_reached(address, fine):
    assert may_reach(ip_address(address), ()) == fine


def test_a_network_can_be_allowed():
    allowed = (ip_network("10.0.0.0/8"),)
    assert may_reach(ip_address("10.1.2.3"), allowed)
    assert may_reach(ip_address("::ffff:10.1.2.3"), allowed)
    assert not may_reach(ip_address("192.168.1.1"), allowed)


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f.1", "0", "[::1]"])
def test_however_this_machine_is_written_it_is_not_reached(host):
    with pytest.raises((Unreached, OSError)):
        checked_address(host.strip("[]"), 80, ())


def test_one_private_address_among_several_is_enough_to_refuse(monkeypatch):
    both = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443))
        for ip in ("93.184.216.34", "10.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: both)
    with pytest.raises(Unreached, match="private"):
        checked_address("two-faced.example", 443, ())


def test_what_cannot_be_reached_says_so():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Unreached, match="could not be reached"):
        post(f"http://127.0.0.1:{port}/", b"{}", {}, allowed=(ip_network("127.0.0.0/8"),))


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/",
        "ftp://example.org/",
        "https://",
        "https://name:word@example.org/",
        "https://example.org:99999/",
        "https://[::1",
        "https://example.org/a b",
        "https://example.org/\r\nHost: x",
        "javascript:alert(1)",
        "https://example.org/" + "x" * 500,
    ],
)
def test_what_is_no_address_is_not_taken(address):
    with pytest.raises(WrongAddress):
        check_address(address, plain=False)


def test_a_good_address_is_taken():
    check_address("https://example.org:8443/hooks?team=1", plain=False)
    check_address("http://127.0.0.1/", plain=True)
    assert event_name("taken over") == "request.taken_over"


@contextmanager
def dripping(first, *, seconds):
    """Yield the port of a receiver that begins to say something and never comes to an end."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip():
            caller, _ = server.accept()
            end = time.monotonic() + seconds
            with caller, suppress(OSError):
                caller.sendall(first)
                while time.monotonic() < end:
                    caller.sendall(b"x")
                    time.sleep(0.05)

        thread = threading.Thread(target=drip)
        thread.start()
        yield server.getsockname()[1]
        thread.join()


@pytest.mark.parametrize(
    ("scheme", "first"), [("https", b"\x16\x03\x03\x40\x00"), ("http", b"HTTP/1.1 200 OK\r\n")]
)
def test_who_drips_a_handshake_or_an_answer_is_hung_up_on(monkeypatch, scheme, first):
    monkeypatch.setattr(reaching, "DEADLINE", 0.4)
    began = time.monotonic()
    with dripping(first, seconds=4) as port, pytest.raises(Unreached, match="too long") as late:
        post(f"{scheme}://127.0.0.1:{port}/", b"{}", {}, allowed=(ip_network("127.0.0.0/8"),))
    assert time.monotonic() - began < 3
    assert late.value.unsent == (scheme == "https")
