"""Commands about working time."""

import sys

import click

from app.worktime.clock_lines import answer_line


@click.command("clock")
def clock() -> None:
    """Answer JSON lines about working time from standard input, a line for a line.

    A line is {"calendar": {...}, "start": ISO time, "end": ISO time, "pauses": [[from, to]]}; its
    answer {"working_seconds": n} or {"error": a sentence}. Blank lines are passed over.
    """
    # Bytes, because one line that is not UTF-8 must not end the stream for those after it.
    for line in sys.stdin.buffer:
        if line.strip():
            click.echo(answer_line(line.decode(errors="replace")))
