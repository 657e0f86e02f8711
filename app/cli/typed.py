"""What is typed on the command line, held to the limits of the browser's forms."""

from typing import Any
from unicodedata import category

import click

from app.people.rules import fold_email, is_address


class Words(click.ParamType):
    """Words of at most `limit` characters, without spaces around; at least one where `needed`."""

    name = "text"

    def __init__(self, limit: int, *, needed: bool = True) -> None:
        self._limit, self._needed = limit, needed

    def convert(self, value: Any, param: click.Parameter | None, _ctx: Any) -> str:
        """Return the words. :raises ClickException: with a sentence, when they cannot be."""
        return self.checked(str(value), param.opts[0] if param else "This")

    def checked(self, value: str, what: str) -> str:
        """Return the words given as `what`, such as --name. :raises ClickException: as above."""
        words = value.strip()
        if self._needed and not words:
            raise click.ClickException(f"{what} is empty.")
        if any(category(sign) in ("Cc", "Cs") for sign in words):
            raise click.ClickException(f"{what} holds a sign that is no letter.")
        if len(words) > self._limit:
            raise click.ClickException(f"{what} is longer than {self._limit} characters.")
        return words


class Address(Words):
    """An e-mail address."""

    def convert(self, value: Any, param: click.Parameter | None, _ctx: Any) -> str:
        """Return the address. :raises ClickException: with a sentence, when it can be none."""
        address = super().convert(value, param, _ctx)
        self.checked(fold_email(address), "The address")
        if not is_address(address):
            raise click.ClickException(f"“{address}” is no e-mail address.")
        return address


NAME = Words(80)
PURPOSE = Words(280, needed=False)
ADDRESS = Address(254)
