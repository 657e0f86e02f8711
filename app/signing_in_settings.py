"""The settings of signing in, read as strictly as all others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import click

# By its variable: under which name a setting is kept, and how its text is read.
Readers = Mapping[str, tuple[str, Callable[[str, str], Any]]]


class WrongSetting(click.ClickException, ValueError):
    """A `BATON_…` variable that Baton does not know or cannot read; `flask` says it in a line."""


@dataclass(frozen=True, kw_only=True)
class SigningIn:
    """How people sign in. Spans in seconds; `oidc_groups` maps a group to (team, role)."""

    session_idle_seconds: int = 14 * 24 * 3600
    session_max_seconds: int = 30 * 24 * 3600
    second_step_for_admins: bool = False
    second_step_for_everybody: bool = False
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_name: str = "your organisation"
    oidc_groups: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    oidc_new_people: bool = False
    only_provider: bool = False


def check_signing_in(settings: SigningIn) -> None:
    """:raises WrongSetting: when only a part of what a provider needs is given."""
    needed = {
        "BATON_OIDC_ISSUER": settings.oidc_issuer,
        "BATON_OIDC_CLIENT_ID": settings.oidc_client_id,
        "BATON_OIDC_CLIENT_SECRET": settings.oidc_client_secret,
    }
    missing = [name for name, value in needed.items() if not value]
    more = settings.oidc_groups or settings.oidc_new_people or settings.only_provider
    if missing and (len(missing) < len(needed) or more):
        raise WrongSetting(f"{missing[0]} is missing; a provider needs {', '.join(needed)}.")


def _issuer(name: str, text: str) -> str:
    parts = urlsplit(text)
    here = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1")
    if not parts.hostname or not (parts.scheme == "https" or here) or parts.query:
        raise WrongSetting(f"{name} is “{text}”; it must begin with https://.")
    return text  # exactly as written: a provider compares it letter by letter


def _words(_name: str, text: str) -> str:
    return text.strip()


def _groups(name: str, text: str) -> dict[str, tuple[str, str]]:
    places = {}
    for part in filter(None, (each.strip() for each in text.split(","))):
        group, _, place = part.rpartition("=")
        team, _, role = place.partition(":")
        if not group.strip() or not team.strip() or role not in ("", "lead", "member"):
            raise WrongSetting(f"{name}: “{part}” is not group=Team or group=Team:lead.")
        places[group.strip()] = (team.strip(), role or "member")
    return places


READERS: Final[Readers] = {
    "BATON_OIDC_ISSUER": ("oidc_issuer", _issuer),
    "BATON_OIDC_CLIENT_ID": ("oidc_client_id", _words),
    "BATON_OIDC_CLIENT_SECRET": ("oidc_client_secret", _words),
    "BATON_OIDC_NAME": ("oidc_name", _words),
    "BATON_OIDC_GROUPS": ("oidc_groups", _groups),
}
