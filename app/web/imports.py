"""The log of another tool: uploaded, looked over, started, and watched; for admins."""

from typing import Any

import flask

from app.administration.actions import Refused
from app.config import ROOT
from app.db import db, reads_only
from app.imports import actions
from app.imports.columns import Look, as_ranges, look_over, why_not
from app.imports.mapping import BadMapping, read_mapping
from app.imports.models import LogImport
from app.imports.queries import imports, rejected
from app.imports.rules import nobody_works, percent
from app.web.acting import new_key
from app.web.exports import csv_answer
from app.web.forms.imports import LogForm, MappingForm
from app.web.headers import now
from app.web.looking_after import admins_only, checked, deed
from app.web.render import page, see

bp = flask.Blueprint("imports", __name__, url_prefix="/admin/logs")
bp.before_request(admins_only)
SHOWN = 50
TO_START_FROM = ROOT / "app" / "imports" / "mappings" / "incident_event_log.toml"


@bp.route("", methods=["GET", "POST"])
def logs() -> Any:
    """Show what was brought in, and take a log to look over."""
    form = LogForm()
    if form.is_submitted() and form.validate() and (log := _upload(form)):
        return see("imports.log", log_id=log.id)
    return page(
        "admin/logs.html",
        status=422 if form.is_submitted() else 200,
        form=form,
        known=list(db.session.scalars(imports(SHOWN))),
        limit=_limit(),
    )


def _upload(form: LogForm) -> LogImport | None:
    if (chosen := form.chosen()) is None:
        return None
    try:
        log = actions.upload(
            db.session,
            name=chosen[0],
            content=chosen[1],
            mapping=TO_START_FROM.read_text("utf-8"),
            visibility=form.visibility.data,
            deed=deed(form),
        )
    except Refused as wrong:
        db.session.rollback()
        form.file.errors = [str(wrong)]
        return None
    db.session.commit()
    return log


@bp.get("/<int:log_id>")
def log(log_id: int) -> Any:
    """Show one: what is understood of it, how far it is, or what became of it."""
    found = _load(log_id)
    return _show(found, MappingForm(data={"mapping": found.mapping}), 200)


@bp.post("/<int:log_id>/mapping")
def read_otherwise(log_id: int) -> Any:
    """Read it by another mapping."""
    found, form = _load(log_id), MappingForm()
    if not form.validate() or not _read_otherwise(found, form):
        db.session.rollback()
        reads_only.set(True)  # it is read for the page, in which others write
        return _show(found, form, 422)
    return see("imports.log", log_id=log_id)


def _read_otherwise(found: LogImport, form: MappingForm) -> bool:
    words = form.mapping.data.replace("\r\n", "\n")
    try:
        actions.read_otherwise(db.session, found, mapping=words, deed=deed(form))
    except Refused as wrong:
        db.session.rollback()
        form.mapping.errors = [str(wrong)]
        return False
    db.session.commit()
    return True


@bp.post("/<int:log_id>/start")
def start(log_id: int) -> Any:
    """Let the worker bring it in."""
    found, form = _load(log_id), checked()
    mapping, content = found.mapping, found.content or b""
    db.session.rollback()  # to read it takes a while, in which others write
    look = _look(content, mapping)
    try:
        actions.start(db.session, found, look, mapping=mapping, deed=deed(form))
    except Refused as wrong:
        db.session.rollback()
        flask.flash(str(wrong), "late")
    db.session.commit()
    return see("imports.log", log_id=log_id)


@bp.post("/<int:log_id>/drop")
def drop(log_id: int) -> Any:
    """Leave it; what was brought in stays."""
    found, form = _load(log_id), checked()
    actions.drop(db.session, found, deed=deed(form))
    db.session.commit()
    return see("imports.log", log_id=log_id)


@bp.get("/<int:log_id>/rejected.csv")
def export(log_id: int) -> flask.Response:
    """Send the lines that were not taken, each with its reason."""
    found = _load(log_id)
    name = f"rejected lines of {found.name.removesuffix('.csv')}.csv"
    return csv_answer(name, ("line", "reason"), list(rejected(found.report)))


def _load(log_id: int) -> LogImport:
    return db.session.get(LogImport, log_id) or flask.abort(404)


def _show(found: LogImport, form: MappingForm, status: int) -> Any:
    over = found.ended_at is not None or found.started_at is not None
    return page(
        "admin/log_import.html",
        part="_log_progress.html",
        status=status,
        log=found,
        form=form,
        look=None if over else _look(found.content or b"", found.mapping),
        percent=percent(found.cases_done, found.cases),
        alone=nobody_works(found.moved_at, now=now()),
        lines=list(rejected(found.report))[:SHOWN],
        why_not=why_not,
        as_ranges=as_ranges,
        new_key=new_key,
    )


def _look(content: bytes, mapping: str) -> Look:
    try:
        return look_over(content, read_mapping(mapping))
    except BadMapping:
        return Look()


def _limit() -> str:
    return f"{(flask.request.max_content_length or 0) // 1024 // 1024} MB"
