"""`flask nudge`: the hints that a reviewer would see, for texts from elsewhere."""

import json
import sys
from typing import Any

import click

from app.feedback.nudge import word_hints


@click.command("nudge")
def nudge() -> None:
    """Answer JSON lines {"text": …} from standard input with their hints, a line for a line.

    An answer is {"hints": [{"rule", "words", "why"}]}, or {"error": a sentence}. Blank lines are
    passed over.
    """
    # Bytes, because one line that is not UTF-8 must not end the stream for those after it.
    for line in sys.stdin.buffer:
        if line.strip():
            click.echo(json.dumps(answer(line.decode(errors="replace")), ensure_ascii=False))


def answer(line: str) -> dict[str, Any]:
    """Return the hints on one line, or what is wrong with it."""
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        return {"error": "This line is not JSON."}
    text = asked.get("text") if isinstance(asked, dict) else None
    if not isinstance(text, str):
        return {"error": 'This line is not {"text": "…"}.'}
    return {"hints": [{"rule": h.rule, "words": h.words, "why": h.why} for h in word_hints(text)]}
