"""Bringing in logs in tests: uploading through the form, and only this part of the worker."""

import contextvars
from io import BytesIO

from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import stream_encode_multipart

from app.cli.logs_in import bring_in_logs
from app.config import ROOT
from app.db import db
from tests.support.pages import Page

MAPPING = ROOT / "app" / "imports" / "mappings" / "incident_event_log.toml"
HEADER = "number,sys_updated_at,opened_at,incident_state,assignment_group,assigned_to,caller_id,x\n"
GOOD = "INC1,01-03-2016 10:00,01-03-2016 09:00,New,Group 1,Ann,Caller 1,y\n"


def upload(client, content, name="desk.csv", status=200):
    """Upload a file through the form; the body is made here, since a large one leaks a file."""
    form = client.get("/admin/logs").one("form[enctype]")
    sent = {field["name"]: field["value"] for field in form.select("[type=hidden]")}
    sent |= {"visibility": "both teams", "file": FileStorage(BytesIO(content), name)}
    stream, _, boundary = stream_encode_multipart(sent, threshold=10 * 1024 * 1024)
    kind = f"multipart/form-data; boundary={boundary}"
    answer = client.raw("/admin/logs", method="POST", data=stream.read(), content_type=kind)
    page = Page(answer) if answer.status_code != 303 else client.get(answer.location)
    assert page.status == status
    page.check()
    return page


def count(session, what):
    session.rollback()
    found = session.scalar(select(func.count()).select_from(what))
    session.rollback()  # else nobody could write meanwhile
    return found


def bring_in(app):
    """Do only this part of the worker's, in a context of its own."""

    def work():
        failed = set()
        with app.app_context():
            while bring_in_logs(failed):
                pass
            db.session.remove()

    contextvars.Context().run(work)
