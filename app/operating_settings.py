"""The settings of running Baton among other programs, read as strictly as all others."""

import re
import ssl
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Final

from app.address_settings import receiver
from app.language import ENGLISH, LANGUAGES
from app.signing_in_settings import Readers, WrongSetting

Network = IPv4Network | IPv6Network
MOST: Final = 2_000_000_000  # bytes, or seconds: sixty years


@dataclass(frozen=True, kw_only=True)
class Operating:
    """What stands beside Baton, and what may be reached. Spans in seconds; "" for nothing."""

    reports_database_url: str = ""
    reports_max_lag_seconds: int = 30
    api_per_minute: int = 120
    language: str = ENGLISH
    webhooks_allow_private: tuple[Network, ...] = ()
    webhooks_ca_file: str = ""
    metrics_token: str = ""
    sentry_dsn: str = ""
    otlp_endpoint: str = ""


def check_operating(settings: Operating, *, database_url: str) -> None:
    """:raises WrongSetting: for a replica of a database that has none."""
    if settings.reports_database_url and database_url.startswith("sqlite"):
        raise WrongSetting("BATON_REPORTS_DATABASE_URL needs PostgreSQL in BATON_DATABASE_URL too.")


def count(name: str, text: str, *, least: int = 0) -> int:
    """Read a whole number, `least` or more."""
    if not re.fullmatch("[0-9]{1,10}", text) or not least <= int(text) <= MOST:
        raise WrongSetting(f"{name} is “{text}”; it must be a whole number, {least} to {MOST}.")
    return int(text)


def positive(name: str, text: str) -> int:
    """Read a whole number, 1 or more."""
    return count(name, text, least=1)


def listed(_name: str, text: str) -> tuple[str, ...]:
    """Read words between commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def secret(name: str, text: str) -> str:
    """Read what nobody must guess."""
    if len(text) < 32:
        raise WrongSetting(f"{name} is too short; it needs at least 32 characters.")
    return text


def _language(name: str, text: str) -> str:
    if text not in LANGUAGES:
        raise WrongSetting(f"{name} is “{text}”; it can be {' or '.join(sorted(LANGUAGES))}.")
    return text


def _replica(name: str, text: str) -> str:
    if not text.startswith(("postgresql://", "postgresql+psycopg://")):
        raise WrongSetting(f"{name} must begin with postgresql://.")
    return text


def _networks(name: str, text: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(part) for part in listed(name, text))
    except ValueError:
        raise WrongSetting(f"{name} is “{text}”; it takes networks such as 10.0.0.0/8.") from None


def _certificates(name: str, text: str) -> str:
    try:
        ssl.create_default_context(cafile=text)
    except OSError:
        raise WrongSetting(f"{name} is “{text}”; it must be a PEM file.") from None
    return text


READERS: Final[Readers] = {
    "BATON_LANGUAGE": ("language", _language),
    "BATON_REPORTS_DATABASE_URL": ("reports_database_url", _replica),
    "BATON_REPORTS_MAX_LAG_SECONDS": ("reports_max_lag_seconds", count),
    "BATON_API_PER_MINUTE": ("api_per_minute", positive),
    "BATON_WEBHOOKS_ALLOW_PRIVATE": ("webhooks_allow_private", _networks),
    "BATON_WEBHOOKS_CA_FILE": ("webhooks_ca_file", _certificates),
    "BATON_METRICS_TOKEN": ("metrics_token", secret),
    "BATON_SENTRY_DSN": ("sentry_dsn", receiver),
    "BATON_OTLP_ENDPOINT": ("otlp_endpoint", receiver),
}
