"""Where a piece stands, said to one of its authors."""

from datetime import date

from app.feedback.rules import RemarkKind, Weight
from app.handoffs.second_thoughts import arriving_from
from app.handoffs.situations import Counts, Situation, author_line
from app.language import gettext
from app.language.writing import whole_day
from app.requests.happened import Happened
from app.requests.models import Request
from app.requests.page import Story
from app.requests.rules import Side
from app.web.filters import plain_time
from app.web.headers import now
from app.web.piece_view import Piece
from app.web.remark_view import asks
from app.web.render import me


def line_for_author(request: Request, story: Story, piece: Piece) -> str:
    """Return the sentence on top of the piece; "" for those who are not its authors."""
    if not piece.reader.writes:
        return ""
    giver = arriving_from(request, story, at=now())
    mine, due = request.holder_id == me().id, request.stage_due_at
    said = story.said_when
    last = story.last_handoff
    return author_line(
        Situation(
            state=request.state,
            stage=request.stage,
            mine=mine,
            holder=request.holder.first_name if request.holder else None,
            team=request.team.name,
            since=plain_time(story.ledger.visit.entered_at),
            expected=plain_time(due) if due else None,
            late=due is not None and due < now(),
            said_when=_day(said) if said else None,
            said_words=said.data.get("words", "") if said else "",
            arriving=giver.first_name if giver and mine else None,
            versions=len(piece.versions),
            sent_back=any(v.stage == "author" for v in story.ledger.visits[:-1]),
            question=(last.data.get("decision", "") if last else "").endswith("question"),
            size=last.data.get("size") if last else None,
            counts=_counts(piece),
            changed_by=_changed_by(piece),
            carriers=tuple(p.first_name for p in story.carriers if p.id != me().id),
            waiting_for=_waiting_for(request),
        )
    )


def _counts(piece: Piece) -> Counts:
    asked = [s for s in piece.all if asks(s.remark, me().id)]
    waiting = [s for s in asked if s.remark.waits and not s.closed]
    newest = piece.legs[0].remarks if piece.legs else []
    return Counts(
        musts=sum(s.remark.weight == Weight.MUST for s in waiting),
        ideas=sum(s.remark.weight != Weight.MUST for s in waiting),
        strengths=sum(s.remark.kind == RemarkKind.STRENGTH for s in newest),
        answered=len(asked) - len(waiting),
        asked=len(asked),
    )


def _day(event: Happened) -> str:
    return gettext("on %(day)s", day=whole_day(date.fromisoformat(event.data["day"])))


def _changed_by(piece: Piece) -> str | None:
    makers = [v.made_by for v in piece.versions if v.number in piece.unconfirmed]
    return makers[0].first_name if makers and makers[0].id != me().id else None


def _waiting_for(request: Request) -> str | None:
    if request.turn_side == Side.ASKING and request.state == "waiting":
        return request.requester.first_name
    if request.turn_side == Side.THIRD_PARTY:
        return request.waits_for or gettext("somebody else")
    return None
