"""Numbers that come from outside: of a row, a version, a place in a text."""

from typing import Any, Final

from wtforms import IntegerField

from app.language import gettext

LARGEST: Final = 2**31 - 1  # that a column holds; a larger one is an error of the database


def as_number(text: Any) -> int:
    """Return the number that is written there, or the largest that a row could have.

    So one that no row has is found nowhere, like any other.

    :raises ValueError: for what is no such number.
    """
    digits = str(text)
    if not is_number(digits):
        raise ValueError(digits)
    return min(int(digits[:11]), LARGEST)


def is_number(text: str) -> bool:
    """Say whether it is a number as rows have them: digits, and nothing else."""
    return text.isascii() and text.isdigit()


class NumberField(IntegerField):
    """A field for such a number; most are hidden and come back as the page gave them."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read it. :raises ValueError: for what is none."""
        super().process_formdata(valuelist)
        if self.data is not None and self.data < 0:
            self.data = None
            raise ValueError(gettext("That did not arrive whole"))
        self.data = None if self.data is None else min(self.data, LARGEST)
