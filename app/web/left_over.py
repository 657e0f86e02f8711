"""Answers typed into a form whose questions have changed meanwhile: shown, never lost unsaid."""

from typing import Final, NamedTuple

from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, SelectField

ANSWER: Final = "answer_"
ASKS: Final = "asks_"  # hidden beside each answer: how its question was called
LEFT: Final = "left"  # hidden: what the page has shown to be left over


class LeftOver(NamedTuple):
    """A question that a form no longer asks, or no longer so, with what was answered."""

    label: str
    text: str

    @property
    def value(self) -> str:
        """How it goes along with the form."""
        return f"{self.label}\n{self.text}"


def left_over(form: Form, words: MultiDict[str, str]) -> list[LeftOver]:
    """Return the answers among `words` for which the form has no place."""
    found = []
    for name in [name for name in words if name.startswith(ANSWER)]:
        texts = [text for text in words.getlist(name) if text.strip()]
        lost = [text for text in texts if name not in form or not _holds(form[name], text)]
        if lost:
            key = name.removeprefix(ANSWER)
            found.append(LeftOver(words.get(f"{ASKS}{key}") or key, "\n".join(lost)))
    return found


def shown_before(words: MultiDict[str, str]) -> list[LeftOver]:
    """Return what the page they come from has shown to be left over."""
    parts = (value.partition("\n") for value in words.getlist(LEFT))
    return [LeftOver(label.strip(), text.strip()) for label, _, text in parts]


def is_beside(name: str) -> bool:
    """Say whether a field only goes along with words and holds none of its own."""
    return name == LEFT or name.startswith(ASKS)


def _holds(field: Field, text: str) -> bool:
    if not isinstance(field, SelectField):
        return True
    return text in {choice.value for choice in field.choices or ()}
