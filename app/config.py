"""Settings: `BATON_…` variables, parsed strictly into one frozen object.

A wrong setting stops the start with a sentence; nothing falls back in silence.
"""

import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app import operating_settings, signing_in_settings
from app.address_settings import mail_address, mail_server, web_address
from app.operating_settings import Operating, check_operating, count, listed, positive, secret
from app.signing_in_settings import Readers, SigningIn, WrongSetting, check_signing_in

__all__ = ["ROOT", "Settings", "WrongSetting", "read_settings"]

ROOT: Final = Path(__file__).resolve().parent.parent
YES_NO: Final = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


@dataclass(frozen=True)
class Settings(SigningIn, Operating):
    """What an installation decides. Sizes in bytes, spans in seconds."""

    database_url: str
    secret_key: str
    secret_key_fallbacks: tuple[str, ...] = ()
    demo: bool = False
    secure_cookies: bool = True
    sqlite_synchronous: str = "FULL"
    trusted_proxies: int = 0
    trusted_hosts: tuple[str, ...] = ()
    max_body_bytes: int = 4 * 1024 * 1024
    address: str = "http://localhost:5000"
    mail_server: str = ""
    mail_from: str = "Baton <baton@localhost>"
    mailbox: str = ""
    files: str = str(ROOT / "var" / "files")


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Read every `BATON_…` variable of `environ`.

    Without `BATON_SECRET_KEY` a secret is made once and kept in `var/secret`.

    :raises WrongSetting: for an unknown name or an unreadable value.
    """
    given = {key: value for key, value in environ.items() if key.startswith("BATON_")}
    known = READERS.keys() | FOR_TOOLS
    if unknown := sorted(set(given) - known):
        names = ", ".join(sorted(READERS))
        raise WrongSetting(f"{unknown[0]} is not a setting of Baton. Known are: {names}.")
    values: dict[str, Any] = {
        field: read(name, given[name])
        for name, (field, read) in READERS.items()
        if given.get(name, "") != ""
    }
    demo = bool(values.get("demo", False))
    file = "demo.sqlite3" if demo else "baton.sqlite3"
    values.setdefault("database_url", f"sqlite:///{ROOT / 'var' / file}")
    if "secret_key" not in values:
        values["secret_key"] = _own_secret()
    values.setdefault("secure_cookies", not demo)
    settings = Settings(**values)
    check_signing_in(settings)
    check_operating(settings, database_url=settings.database_url)
    return settings


def _own_secret() -> str:
    file = ROOT / "var" / "secret"
    try:
        if not file.exists():
            file.parent.mkdir(exist_ok=True)
            _keep_secret(file)
        return file.read_text()
    except OSError as error:
        raise WrongSetting(
            f"BATON_SECRET_KEY is not set and none can be kept in var/secret ({error.strerror})."
        ) from None


def _keep_secret(file: Path) -> None:
    """Write a new secret whole or not at all: of two processes at once, the first one's stays."""
    descriptor, name = tempfile.mkstemp(dir=file.parent)  # readable by its owner alone
    try:
        os.write(descriptor, secrets.token_hex(32).encode())
        os.link(name, file)
    except FileExistsError:
        pass
    finally:
        os.close(descriptor)
        Path(name).unlink()


def _yes_no(name: str, text: str) -> bool:
    try:
        return YES_NO[text.strip().lower()]
    except KeyError:
        raise WrongSetting(f"{name} is “{text}”; it can be yes or no.") from None


def _synchronous(name: str, text: str) -> str:
    if text.upper() not in ("FULL", "NORMAL"):
        raise WrongSetting(f"{name} is “{text}”; it can be FULL or NORMAL.")
    return text.upper()


def _database(name: str, text: str) -> str:
    if not text.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise WrongSetting(f"{name} must begin with sqlite:/// or postgresql://.")
    return text


# Read by the Makefile, the tests and gunicorn's start, not by the application.
FOR_TOOLS: Final = {
    "BATON_TEST_POSTGRES_URL",
    "BATON_REQUIRE_BROWSER",
    "BATON_REQUIRE_POSTGRES",
    "BATON_REQUIRE_OIDC",
    "BATON_CHROMIUM",
    "BATON_PORT",
    "BATON_PORTS",
    "BATON_BIND",
    "BATON_WORKERS",
    "BATON_THREADS",
}
READERS: Final[Readers] = {
    **signing_in_settings.READERS,
    **operating_settings.READERS,
    "BATON_DATABASE_URL": ("database_url", _database),
    "BATON_SECRET_KEY": ("secret_key", secret),
    "BATON_SECRET_KEY_FALLBACKS": ("secret_key_fallbacks", listed),
    "BATON_DEMO": ("demo", _yes_no),
    "BATON_SECURE_COOKIES": ("secure_cookies", _yes_no),
    "BATON_SQLITE_SYNCHRONOUS": ("sqlite_synchronous", _synchronous),
    "BATON_TRUSTED_PROXIES": ("trusted_proxies", count),
    "BATON_TRUSTED_HOSTS": ("trusted_hosts", listed),
    "BATON_MAX_BODY_BYTES": ("max_body_bytes", positive),
    "BATON_SESSION_IDLE_SECONDS": ("session_idle_seconds", positive),
    "BATON_SESSION_MAX_SECONDS": ("session_max_seconds", positive),
    "BATON_SECOND_STEP_FOR_ADMINS": ("second_step_for_admins", _yes_no),
    "BATON_SECOND_STEP_FOR_EVERYBODY": ("second_step_for_everybody", _yes_no),
    "BATON_OIDC_NEW_PEOPLE": ("oidc_new_people", _yes_no),
    "BATON_ONLY_PROVIDER": ("only_provider", _yes_no),
    "BATON_ADDRESS": ("address", web_address),
    "BATON_MAIL_SERVER": ("mail_server", mail_server),
    "BATON_MAIL_FROM": ("mail_from", mail_address),
    "BATON_MAILBOX": ("mailbox", mail_address),
    "BATON_FILES": ("files", lambda _name, text: text),
}
