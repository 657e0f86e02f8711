"""The page of one request."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import flask
from flask_wtf import FlaskForm

from app.attachments.queries import files_of, kept_below
from app.db import db
from app.handoffs.second_thoughts import offered_to
from app.language import gettext
from app.people.drafts import drafts_below
from app.people.models import Draft
from app.requests.acts.merging import goes_on_in
from app.requests.acts.words import may_unsay
from app.requests.models import Request
from app.requests.page import Story, story_of
from app.requests.queries import relation
from app.requests.rights import Relation
from app.requests.rules import UNSAY_SECONDS
from app.web.act_forms import act_forms
from app.web.acting import load_request
from app.web.author_view import line_for_author
from app.web.beside_view import beside_of
from app.web.drafts import words_of
from app.web.forms.echoes import ChangesForm, NeedsForm, ThanksForm, VerdictForm
from app.web.headers import now
from app.web.piece_view import piece_of
from app.web.render import me, page, see
from app.web.there import There, there_is
from app.web.turn_view import ends_of, turn_of

bp = flask.Blueprint("requests", __name__)


# What somebody says swaps the conversation and the turn; the rest of the page stays as it is.
SAID = frozenset({"message", "note"})


@bp.get("/requests/<int:request_id>")
def show(request_id: int) -> Any:
    """Show a request to somebody who may see it; one that was merged leads to where it goes on."""
    request = load_request(request_id)
    into = None if "stay" in flask.request.args else goes_on_in(db.session, request, me())
    if into is None:
        return show_request(request)
    said = gettext("#%(id)s was merged into this one, and goes on here.", id=request.id)
    flask.flash(said, "info")
    return see("requests.show", request_id=into.id)


def show_request(
    request: Request,
    *,
    typed: FlaskForm | None = None,
    name: str = "",
    status: int = 200,
    part: str | None = None,
    here: Sequence[tuple[str, bool]] = (),
) -> Any:
    """Render the page; `typed` is the form called `name` that came back with its errors.

    `part` is the template of what htmx swaps; `here` are the others who have it open.
    """
    stands = relation(db.session, request, me())
    story = story_of(db.session, request, stands, now=now())
    can = offered_to(me().id, request, story, stands, at=now())
    address = flask.url_for("requests.show", request_id=request.id)
    there = there_is(request, address)
    kept = drafts_below(db.session, me().id, address) if there.drafts else {}
    return page(
        "requests/show.html",
        part="said.html" if name in SAID else part,
        status=status,
        can=can,
        here=here,
        forms=act_forms(request, kept, typed, name),
        opened=name,
        small=_small_form(kept, typed, name),
        **_told(request, story, stands),
        **_talk(request, story, stands, address, there),
        **beside_of(request, story, stands, there),
        **turn_of(request, story, stands),
        **ends_of(request, story, stands, can),
    )


def _told(request: Request, story: Story, stands: Relation) -> dict[str, Any]:
    """Return the request as this person may read it, with its piece when it has one."""
    piece = piece_of(request, story, stands)
    line = line_for_author(request, story, piece) if piece else ""
    told = {"request": request, "story": story, "stands": stands}
    return {**told, "piece": piece, "piece_line": line}


def _talk(
    request: Request, story: Story, stands: Relation, address: str, there: There
) -> dict[str, Any]:
    """Return what the conversation shows beside its words."""
    return {
        "files": files_of(db.session, request, stands) if there.files else {},
        "kept_files": kept_below(db.session, me().id, address) if there.kept_files else {},
        **_unsayable(story),
        "watching": there.watching,
    }


def _unsayable(story: Story) -> dict[str, Any]:
    """Return which of my words can still be taken back, by number, and until when."""
    last = story.talk[-1][0] if story.talk else None
    if last is None or last.actor_id != me().id:
        return {"unsayable": None}
    may = may_unsay(last, newest=story.count, at=now())
    until = last.at + timedelta(seconds=UNSAY_SECONDS)
    return {"unsayable": last.seq if may else None, "unsay_until": until}


# The small forms that stand on a page several times, by the end of their addresses.
SMALL = {"verdicts": VerdictForm, "word": ChangesForm, "needs": NeedsForm, "thanks": ThanksForm}


def _small_form(
    kept: Mapping[str, Draft], typed: FlaskForm | None, name: str
) -> Callable[[str, str], FlaskForm]:
    """Return a look-up of small forms by name and address: as typed, as kept, or empty."""

    def form_at(wanted: str, address: str) -> FlaskForm:
        if typed is not None and wanted == name:
            return typed
        draft = kept.get(address)
        form = SMALL[address.rpartition("/")[2]](formdata=words_of(draft))
        form.draft = draft
        return form

    return form_at
