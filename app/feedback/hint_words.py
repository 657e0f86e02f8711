"""What hints on advice say: why it matters, and another way to say the same."""

from dataclasses import dataclass
from typing import Final

from app.language import gettext, gettext_noop


@dataclass(frozen=True)
class Hint:
    """What may go wrong: its rule, the words found, why it matters, and another way to say it."""

    rule: str
    words: str
    why: str
    instead: str


# By rule, each (why, instead): what the shape of advice lacks, then families of words that sting.
SAID: Final = {
    "no reason": (
        gettext_noop(
            "A must without its reason is an order; with it, the author can use it again."
        ),
        gettext_noop(
            "Add what it does to the reader: “so that nobody looks for the date in vain.”"
        ),
    ),
    "no next step": (
        gettext_noop("It says what is wrong, and leaves the author alone with it."),
        gettext_noop("Say what you would try, or ask: “Shall we talk it over?”"),
    ),
    "must typo": (
        gettext_noop("A typo is mended in passing; as a must it weighs as much as the argument."),
        gettext_noop("Make it a could, or suggest the words so that one click takes them."),
    ),
    "few words": (
        gettext_noop("So few words can be read in many ways, and the unkind one comes first."),
        gettext_noop("Add what you saw and where: one sentence is enough."),
    ),
    "no strength": (
        gettext_noop("Nothing says what works, so a revision may take it out."),
        gettext_noop("Name one passage that should stay, and why."),
    ),
    "too much": (
        gettext_noop("More than twelve musts are too much at once; the important ones drown."),
        gettext_noop("Which three matter most? Make the others could."),
    ),
    "swearing": (
        gettext_noop("Strong words stay with a person longer than the advice does."),
        gettext_noop("Say what goes wrong for the reader: “Here I lost the thread.”"),
    ),
    "insult": (
        gettext_noop(
            "It speaks about the person or their ability, and nobody can mend that by Friday."
        ),
        gettext_noop(
            "Name the passage and what it does: “This paragraph leaves me with two readings.”"
        ),
    ),
    "contempt": (
        gettext_noop(
            "It judges the whole thing instead of saying what to change, so nothing can be learned "
            "from it."
        ),
        gettext_noop(
            "Say what you expected and what you found: “I expected the year here and found none.”"
        ),
    ),
    "you": (
        gettext_noop(
            "“You” with a reproach is heard as being about the person, and the reader stops "
            "listening."
        ),
        gettext_noop(
            "Put the text where “you” stands: “The second paragraph does not say who decided.”"
        ),
    ),
    "why": (
        gettext_noop("A question that wants no answer reads as a reproach."),
        gettext_noop("Ask what you would like to know: “What led to this order?”"),
    ),
    "shouting": (
        gettext_noop("Capitals and rows of marks read as shouting."),
        gettext_noop("Say it once, quietly; bold is enough for the one word that matters."),
    ),
}


def hint(rule: str, words: str = "") -> Hint:
    """Return the hint of a rule, in the language spoken; `words` are those it is about."""
    why, instead = SAID[rule]
    return Hint(rule, words, gettext(why), gettext(instead))
