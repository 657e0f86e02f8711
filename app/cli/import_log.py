"""`flask import-log`: the history of another tool, as requests of ours."""

import json
from collections.abc import Mapping
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.catalogue.rules import Visibility
from app.db import db
from app.imports.log_lines import Report, read_log
from app.imports.mapping import BadMapping, read_mapping
from app.imports.writing import Importer

SHOWN = 20


@click.command("import-log")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--mapping", required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only report; write nothing.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option(
    "--visibility",
    type=click.Choice([v.value for v in Visibility]),
    default=Visibility.BOTH_TEAMS.value,
    show_default=True,
)
@with_appcontext
def import_log(file: Path, mapping: Path, dry_run: bool, form: str, visibility: str) -> None:
    """Bring in the event log FILE (CSV) as MAPPING says. Twice adds nothing."""
    report = add_log(file, mapping, visibility=Visibility(visibility))
    if dry_run:
        db.session.rollback()
    else:
        db.session.commit()
    click.echo(json.dumps(report.as_dict()) if form == "json" else as_text(report, dry_run=dry_run))


def add_log(file: Path, mapping_file: Path, *, visibility: Visibility) -> Report:
    """Read and record a log, without committing. :raises click.ClickException: when it cannot."""
    try:
        mapping = read_mapping(mapping_file.read_text("utf-8"))
        with file.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as rows:
            cases, report = read_log(rows, mapping)
    except (BadMapping, UnicodeDecodeError) as error:
        raise click.ClickException(str(error)) from None
    Importer(db.session, mapping, visibility).add(cases, report)
    return report


def as_text(report: Report, *, dry_run: bool) -> str:
    """Return the report to read: every line is accounted for."""
    lines = [
        (
            f"{report.lines} lines of {report.cases} cases: {report.taken} taken, "
            f"{report.repeating} repeat what was known, {report.known} imported before, "
            f"{sum(map(len, report.rejected.values()))} rejected."
        ),
        f"{report.cases_added} requests {'would be added' if dry_run else 'added'}.",
        *(f"Unknown column: {name}" for name in report.unknown_columns),
        *_listed("Rejected, {}", report.rejected),
        *_joined(report.joined),
        *_listed("Says nothing about the {}", report.unknown_values),
    ]
    return "\n".join(lines)


def _listed(words: str, found: Mapping[str, list[int]]) -> list[str]:
    return [
        f"{words.format(reason)}: {len(numbers)}, in line {_numbers(numbers)}"
        for reason, numbers in sorted(found.items())
    ]


def _joined(lines: list[tuple[int, int]]) -> list[str]:
    """Tell which lines are one, in case a quotation mark is missing or too many."""
    shown = [f"{first} to {last}" for first, last in lines[:SHOWN]]
    rest = [f"and {len(lines) - SHOWN} more"] * (len(lines) > SHOWN)
    said = " ".join([", ".join(shown), *rest])
    return [f"Read as one line, because a quoted cell goes on: {said}"] if lines else []


def _numbers(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:SHOWN]))
    return f"{shown} and {len(numbers) - SHOWN} more" if len(numbers) > SHOWN else shown
