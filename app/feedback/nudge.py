"""Hints on how advice may land: what its shape lacks first, then words that sting.

A hint explains and offers another wording. It never blocks and never scores, and no text of it is
kept. Structure comes first because it matters most: in labelled comments nine of ten that give a
reason are found constructive, and not half of those without.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from app.feedback.hint_words import SAID, Hint, hint
from app.feedback.rules import RemarkKind, RemarkWords, Weight, has_strength
from app.language import gettext

TOO_MANY_MUSTS = 12
FEW_WORDS = 4
QUOTED = re.compile(
    r"```.*?```|`[^`\n]*`|“[^”]*”|„[^“”]*[“”]|«[^»]*»|\"[^\"\n]*\"|^>[^\n]*$|https?://\S+"
    r"|(?<!\w)['‘][^'‘\n]{1,60}'(?!\w)"
    r"|(?<!\S)\S*(?:::|__|\(\)|\w/\w+[/.])\S*",
    re.S | re.M,
)
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
SELF = re.compile(
    r"\b(my (own )?(mistake|fault|error|bad|typo|version|draft|note|remark|first)|mine|myself"
    r"|i['’]?m|i (am|was|made|felt|feel|wrote|missed|did)|(of|from) me|sorry|apolog\w+|oops"
    r"|my (bad|part|side|end)|mistake[ ,;:-]+thank(s| you)"
    r"|(silly|stupid|dumb) me|me (dumb|stupid|being)|(like|as) me|am i"
    r"|i (may|might|must) (be|look|sound))\b",
    re.I,
)
APOLOGY = re.compile(r"\b(sorry|apolog\w+|oops|my (own )?(bad|mistake|fault))\b", re.I)
YOU = re.compile(r"\b(you|your|yours|you['’]re)\b", re.I)
STAR = re.compile(r"\[[^\]]*\]|\*")
LOUD = re.compile(r"(?<![\w_])(?:[A-Z]{2,}(?:['’][A-Z]+)?[ ,]+){2,}[A-Z]{2,}(?![\w_])")
EVERYDAY = re.compile(r"\b(THE|IS|NOT|THIS|YOU|WHY|NO|DO|IT|AND|ARE|TO|NEVER|STOP|MUST|WHAT|ALL)\b")
MARKS = re.compile(r"(?<=\w)[!?]{3,}")
GLAD = re.compile(
    r"\b(thank\w*|great|nice|love\w*|congrat\w*|well done|bravo|wow|yay|happy|hurray|perfect)\b",
    re.I,
)


def hints(remarks: Sequence[RemarkWords]) -> list[tuple[int | None, Hint]]:
    """Return hints on the whole as (None, hint), then at most one per remark as (number, hint)."""
    whole = [hint("no strength")] if remarks and not has_strength(remarks) else []
    if sum(remark.weight is Weight.MUST for remark in remarks) > TOO_MANY_MUSTS:
        whole.append(hint("too much"))
    firsts = ((number, next(hints_on(remark), None)) for number, remark in enumerate(remarks))
    return [(None, one) for one in whole] + [(number, one) for number, one in firsts if one]


def hints_on(remark: RemarkWords) -> Iterator[Hint]:
    """Yield the hints on one remark: on its shape first, then on its words."""
    if remark.kind is RemarkKind.TYPO and remark.weight is Weight.MUST:
        yield hint("must typo", gettext("typo, must"))
    if remark.weight is Weight.MUST and remark.kind is not RemarkKind.TYPO:
        if not remark.why:
            yield hint("no reason")
        asks = remark.kind is RemarkKind.QUESTION or "?" in remark.see
        if not (remark.try_next or remark.replacement or asks):
            yield hint("no next step")
    said = f"{remark.see} {remark.why} {remark.try_next}"
    short = 0 < len(said.split()) <= FEW_WORDS
    if short and not (remark.replacement or remark.from_checklist):
        yield hint("few words")
    for part in (remark.see, remark.why, remark.try_next):
        yield from word_hints(part)


def word_hints(text: str) -> list[Hint]:
    """Return a hint for each family of stinging words in `text`, in the order of the families.

    What is quoted, and code, is somebody else's; people may speak of their own mistakes as they
    like.
    """
    text = _own_words(text)
    sentences = SENTENCE.findall(text)
    if APOLOGY.search(text) and not YOU.search(text):
        sentences = []
    others = " ".join(s for s in sentences if not SELF.search(s) or YOU.search(s))
    found = []
    for rule, family in _families().items():
        match = family["pattern"].search(text if family["about_self"] else others)
        if match:
            found.append(hint(rule, match.group().strip()))
    if loud := _loud(text):
        found.append(hint("shouting", loud))
    return found


def _loud(text: str) -> str:
    """Return words in capitals, or a row of marks; names in capitals and joy are neither."""
    capitals = next((m.group() for m in LOUD.finditer(text) if EVERYDAY.search(m.group())), "")
    marks = None if GLAD.search(text) else MARKS.search(text)
    return capitals.strip() or (marks.group() if marks else "")


def _own_words(text: str) -> str:
    text = QUOTED.sub(" ", text.replace("’", "'"))
    return _spared().sub(" ", text)


@cache
def _book() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "nudge_words.toml").read_text("utf-8"))


@cache
def _spared() -> re.Pattern[str]:
    return _pattern(_book()["spare"]["words"])


@cache
def _families() -> Mapping[str, Mapping[str, Any]]:
    families = {rule: part for rule, part in _book().items() if rule != "spare"}
    return {rule: {**part, "pattern": _pattern(part["words"])} for rule, part in families.items()}


def _pattern(entries: Sequence[str]) -> re.Pattern[str]:
    """Return one pattern for all entries: at word limits, with any spaces, * for any ending."""
    parts = (STAR.sub(lambda m: m.group() if m.group()[0] == "[" else r"\w*", e) for e in entries)
    joined = "|".join(part.replace(" ?", r"\s*").replace(" ", r"\s+") for part in parts)
    return re.compile(rf"(?<![\w-])(?:{joined})(?!\w)", re.I)


RULES = frozenset(SAID)
