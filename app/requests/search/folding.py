"""Words made comparable: the same on both engines, whatever accents and capitals they carry."""

import re
import unicodedata

WORD = re.compile(r"\w+")
LIMIT = 100_000


def fold(text: str) -> str:
    """Return `text` in small letters without accents and other marks (NFKD)."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if not unicodedata.combining(c))


def folded_words(text: str) -> list[str]:
    """Return the words of `text`, folded, in order."""
    return WORD.findall(fold(text))


def searchable(*texts: str) -> str:
    """Return the words of `texts` as they are indexed."""
    return " ".join(folded_words(" ".join(texts)[:LIMIT]))
