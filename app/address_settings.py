"""The settings that are addresses, read as strictly as all others."""

import re
from email.utils import parseaddr
from typing import Final
from urllib.parse import SplitResult, parse_qs, urlsplit

from app.signing_in_settings import WrongSetting

SWITCH: Final = ("yes", "no", "true", "false", "1", "0")


def web_address(name: str, text: str) -> str:
    """Read where people reach Baton, which knows no path of its own."""
    parts = _parts(text, "https", "http")
    if parts is None or parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise WrongSetting(
            f"{name} is “{text}”; it must be https:// or http:// and a host name, and no more."
        )
    return f"{parts.scheme}://{parts.netloc}"


def receiver(name: str, text: str) -> str:
    """Read where something is told."""
    if _parts(text, "https", "http") is None:
        raise WrongSetting(f"{name} must be https:// or http:// and where it leads.")
    return text.rstrip("/")


def mail_server(name: str, text: str) -> str:
    """Read how mail leaves; a password in it is not said again."""
    parts = _parts(text, "smtp", "smtps")
    if parts is None or parts.path.strip("/") or parts.fragment:
        raise WrongSetting(
            f"{name} must be smtp:// or smtps:// and a host name; in a password write %40 for @"
            " and %2F for /."
        )
    options = parse_qs(parts.query, keep_blank_values=True)
    if options.keys() - {"starttls"} or not {*options.get("starttls", [])} <= {*SWITCH}:
        raise WrongSetting(f"{name} takes ?starttls=yes and nothing else.")
    return text


def mail_address(name: str, text: str) -> str:
    """Read a mail address, with a name before it or without."""
    if not re.fullmatch(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+", parseaddr(text)[1], re.ASCII):
        raise WrongSetting(f"{name} is “{text}”; it must be a mail address.")
    return text


def _parts(text: str, *schemes: str) -> SplitResult | None:
    """Return the parts of an address that names a scheme and a host, None for any other."""
    try:
        parts = urlsplit(text)
        fit = parts.scheme in schemes and parts.hostname and parts.port != 0
    except ValueError:  # a port that is no number, or half an IPv6 address
        return None
    return parts if fit and text.isprintable() and " " not in text else None
