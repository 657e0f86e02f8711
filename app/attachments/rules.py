"""What may be attached: size, number, kind, and a name that is only a name."""

import unicodedata
from pathlib import PurePosixPath

from app.language import gettext

LIMIT = 10 * 1024 * 1024  # bytes in one file
AT_MOST = 10  # files with one message
NAME_LIMIT = 120
# What a double click would run. All else comes as a download that no browser opens by itself.
RUNS = frozenset(
    {
        *(".exe", ".com", ".bat", ".cmd", ".msi", ".msp", ".scr", ".pif", ".cpl", ".hta", ".jar"),
        *(".js", ".jse", ".vbs", ".vbe", ".wsf", ".wsh", ".ps1", ".psm1", ".lnk", ".reg", ".dll"),
        *(".app", ".dmg", ".apk", ".iso", ".img", ".vhd", ".chm", ".url"),
    }
)


class WrongFile(ValueError):
    """A file that is not taken; the reason as a sentence."""


def safe_name(name: str) -> str:
    """Return the last part of `name` without what no file name holds; never empty."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(c for c in unicodedata.normalize("NFC", last) if c.isprintable())
    plain = plain.strip(" .") or "file"
    if len(plain) > NAME_LIMIT:
        ending = PurePosixPath(plain).suffix[:12]
        plain = plain[: NAME_LIMIT - len(ending)] + ending
    return plain


def check_file(name: str, size: int, *, already: int = 0) -> None:
    """Accept a file by its name and size in bytes, beside `already` others.

    :raises WrongFile: with the reason.
    """
    if PurePosixPath(name).suffix.lower() in RUNS:
        raise WrongFile(
            gettext(
                "“%(name)s” is a program; please put it into a zip file or link to it.", name=name
            )
        )
    if size == 0:
        raise WrongFile(gettext("“%(name)s” is empty.", name=name))
    if size > LIMIT:
        raise WrongFile(
            gettext(
                "“%(name)s” is larger than %(limit)s MB; please link to it.",
                name=name,
                limit=LIMIT // 1024 // 1024,
            )
        )
    if already >= AT_MOST:
        raise WrongFile(gettext("Please stay within %(most)s files.", most=AT_MOST))
