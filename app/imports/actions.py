"""Logs: uploaded, read otherwise, started, carried on by the worker, dropped."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.administration.actions import Refused
from app.administration.journal import Deed, begin
from app.administration.models import AdminEvent
from app.catalogue.rules import Visibility
from app.imports.columns import Look
from app.imports.log_lines import Case, Report
from app.imports.mapping import NO_COLUMN, BadMapping, read_mapping
from app.imports.models import LogImport
from app.imports.rules import BATCH, MAPPING_LIMIT, NAME_LIMIT, Ending
from app.imports.writing import Importer
from app.language import gettext

ADDED = ("taken", "repeating", "known", "cases_added")


def upload(
    session: Session, *, name: str, content: bytes, mapping: str, visibility: str, deed: Deed
) -> LogImport:
    """Keep a log to be looked over; the same form again gives the same one.

    :raises Refused: while another one is not at its end, or for one that holds nothing.
    """
    begin(session, deed)
    before = select(LogImport).where(LogImport.by_id == deed.by.id, LogImport.key == deed.key)
    if (same := session.scalar(before)) is not None:
        return same
    if session.scalar(select(LogImport.id).where(LogImport.slot == 1)) is not None:
        raise Refused("file", gettext("Another log is being brought in; one at a time."))
    if not content.strip():
        raise Refused("file", gettext("There is nothing in this file."))
    log = LogImport(
        by=deed.by,
        key=deed.key,
        name=name[-NAME_LIMIT:],
        content=content,
        mapping=mapping,
        visibility=Visibility(visibility).value,
        uploaded_at=deed.at,
    )
    session.add(log)
    session.flush()
    return log


def read_otherwise(session: Session, log: LogImport, *, mapping: str, deed: Deed) -> None:
    """Read a log by another mapping. :raises Refused: for one that cannot be used, or too late."""
    if len(mapping) > MAPPING_LIMIT:
        sentence = gettext("Please stay within %(limit)s characters.", limit=MAPPING_LIMIT)
        raise Refused("mapping", sentence)
    try:
        read_mapping(mapping)
    except BadMapping as wrong:
        raise Refused("mapping", str(wrong)) from None
    begin(session, deed)
    session.refresh(log)
    if log.started_at or log.ended_at:
        raise Refused("mapping", gettext("It is on its way already."))
    log.mapping = mapping


def start(session: Session, log: LogImport, look: Look, *, mapping: str, deed: Deed) -> None:
    """Let the worker bring it in. `look` is what it says by `mapping`, read before: it takes long.

    :raises Refused: when a column that is needed is missing, or it is to be read otherwise by now.
    """
    begin(session, deed)
    session.refresh(log)
    if log.started_at or log.ended_at:
        return
    if log.mapping != mapping:
        sentence = gettext("Somebody has changed how it is read; please look it over once more.")
        raise Refused("mapping", sentence)
    if look.missing:
        raise Refused("mapping", gettext(NO_COLUMN, name=look.missing[0]))
    log.started_at = log.moved_at = deed.at
    log.cases, log.report = len(look.cases), look.report.as_dict()
    _note(session, log, "began to bring in", deed)


def drop(session: Session, log: LogImport, *, deed: Deed) -> None:
    """Leave it; what was brought in stays."""
    begin(session, deed)
    session.refresh(log)
    if log.ended_at is None:
        _end(log, Ending.DROPPED, at=deed.at)
        _note(session, log, "dropped", deed)


def carry_on(session: Session, log_id: int, cases: list[Case], *, done: int, at: datetime) -> bool:
    """Bring in the next cases of a started log, of which `done` are in; end it after the last.

    Rows and the place in the log are one transaction, so that a worker that dies loses and doubles
    nothing. False when another worker is at it, or somebody has ended it.
    """
    log = session.scalar(
        select(LogImport)
        .where(LogImport.id == log_id, LogImport.slot == 1, LogImport.cases_done == done)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if log is None:
        return False
    batch, part = cases[done : done + BATCH], Report()
    Importer(session, read_mapping(log.mapping), Visibility(log.visibility)).add(batch, part)
    added = {name: log.report[name] + getattr(part, name) for name in ADDED}
    log.report = {**log.report, **added}
    log.cases_done, log.moved_at = done + len(batch), at
    if log.cases_done >= len(cases):
        _end(log, Ending.DONE, at=at)
    return True


def stop(session: Session, log_id: int, *, reason: str, at: datetime) -> None:
    """End one that cannot be carried on; what was brought in stays."""
    log = session.get(LogImport, log_id)
    if log is not None and log.ended_at is None:
        log.error = reason[:300]
        _end(log, Ending.STOPPED, at=at)


def _end(log: LogImport, ending: Ending, *, at: datetime) -> None:
    log.ending, log.ended_at, log.slot, log.content = ending.value, at, None, None


def _note(session: Session, log: LogImport, act: str, deed: Deed) -> None:
    session.add(
        AdminEvent(
            at=deed.at,
            by_id=deed.by.id,
            key=deed.key,
            act=act,
            subject="log",
            subject_id=log.id,
            name=log.name,
            before={},
            after={"cases": log.cases_done if act == "dropped" else log.cases},
        )
    )
