"""What goes along with a piece when it is handed on or back."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from app.feedback.rules import RemarkWords
from app.handoffs.rules import Size
from app.requests.life.promises import LateCard


@dataclass(frozen=True)
class Advice:
    """What goes along with a piece.

    From a reviewer: remarks, what the piece sets out to do, the size of what is asked and a date
    proposed for it. From an author: what eyes they wish for and what must not change. From both: a
    note to the next pair of hands, and the late card.
    """

    remarks: Sequence[RemarkWords] = ()
    note: str = ""
    size: Size | None = None
    summary: str = ""
    wanted: date | None = None
    eyes: str = ""
    keep: str = ""
    late: LateCard | None = None

    def said(self) -> dict[str, Any]:
        """Return what is kept with the handoff; parts without words are left out."""
        said = {
            "size": self.size.value if self.size else None,
            "summary": self.summary,
            "wanted": self.wanted.isoformat() if self.wanted else None,
            "eyes": self.eyes,
            "keep": self.keep,
            "late": asdict(self.late) if self.late else None,
            "note": self.note,
        }
        return {name: value for name, value in said.items() if value}
