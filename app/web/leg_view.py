"""What went along with each handoff, as far as a person may read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.feedback.models import Remark
from app.feedback.rules import Reader
from app.language import gettext
from app.language.writing import begun
from app.requests.happened import Happened
from app.requests.life.changes import moment
from app.requests.page import Story
from app.web.headers import now
from app.web.marks import Somebody
from app.web.remark_view import Shown, asks
from app.web.render import me

SAID = ("decision", "note", "late", "summary", "size", "wanted", "eyes", "keep")


@dataclass(frozen=True)
class Leg:
    """What went along with one handoff, as far as the person may read it; "" where nothing was."""

    seq: int
    adviser: Somebody
    at: datetime
    said: Mapping[str, Any]
    remarks: list[Shown]

    @property
    def decided(self) -> str:
        """What was decided, as a line begins with it; "" when the person may not read it."""
        decision = self.said["decision"]
        return begun(gettext(decision)) if decision else ""

    @property
    def listed(self) -> list[Remark]:
        """Return the remarks that ask for an answer."""
        return [s.remark for s in self.remarks if asks(s.remark, 0)]

    @property
    def asked(self) -> int:
        """How many remarks ask for an answer."""
        return len(self.listed)

    @property
    def answered(self) -> int:
        """How many of them have one."""
        return sum(remark.answer is not None for remark in self.listed)


def legs_of(shown: list[Shown], story: Story, reader: Reader) -> list[Leg]:
    """Return what went along with each handoff, the newest first."""
    inner = reader.carried or reader.writes or (reader.asking and reader.open_review)
    told = {seq: event for seq, event in story.handoffs.items() if _is_told(event)}
    seqs = {s.remark.visit_seq for s in shown} | (set(told) if inner else set())
    return [_leg(seq, shown, told.get(seq), inner) for seq in sorted(seqs, reverse=True)]


def _is_told(event: Happened) -> bool:
    released_at = moment(event.data.get("released_at"))
    if released_at and released_at > now() and event.actor_id != me().id:
        return False
    return any(event.data.get(part) for part in ("note", "late", "summary", "size"))


def _leg(seq: int, shown: list[Shown], event: Happened | None, inner: bool) -> Leg:
    """What is gone or about the whole stands on top, then the order of the text."""
    here = sorted((s for s in shown if s.remark.visit_seq == seq), key=_reading_order)
    adviser = event.actor if event and event.actor else here[0].remark.writer
    at = event.at if event else here[0].remark.created_at
    data = event.data if event and inner else {}
    return Leg(seq, adviser, at, {part: data.get(part, "") for part in SAID}, here)


def _reading_order(shown: Shown) -> tuple[bool, int, int]:
    return shown.closed, shown.span[0] if shown.span else -1, shown.remark.id
