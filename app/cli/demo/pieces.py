"""The texts, remarks and answers of the demo's pieces, gathered for one batch."""

from dataclasses import dataclass, field
from typing import Any

from app.cli.demo.life import Life
from app.cli.demo.organisation import PIECES
from app.documents.rules import fingerprint
from app.requests.rules import Kind

Row = dict[str, Any]


@dataclass
class Desk:
    """What has been written about one piece so far; ids go on from `next_remark`."""

    next_remark: int = 1
    next_version: int = 1
    versions: list[Row] = field(default_factory=list)
    remarks: list[Row] = field(default_factory=list)
    answers: list[Row] = field(default_factory=list)
    unanswered: list[Row] = field(default_factory=list)

    def write(self, life: Life, paragraphs: list[str]) -> None:
        """Let the author freeze the next version."""
        number = len(self.versions) + 1
        count = 2 + min(number, 3)
        start = life.rng.randrange(len(paragraphs))
        body = "\n\n".join(paragraphs[(start + i) % len(paragraphs)] for i in range(count))
        self.versions.append(
            {
                "id": self.next_version,
                "number": number,
                "body": body,
                "sha256": fingerprint(body),
                "words": len(body.split()),
                "note": "First draft" if number == 1 else "After your remarks",
                "made_by_id": life.holder,
                "created_at": life.at,
            }
        )
        self.next_version += 1
        life.provide(Kind.VERSION_MADE, version=number)

    def advise(self, life: Life) -> None:
        """Let the reviewer name what works, then what might change."""
        picked = life.rng.sample(PIECES["remarks"], 3)
        strength = {**life.rng.choice(PIECES["strengths"]), "kind": "strength", "weight": "could"}
        for words in (strength, *picked):
            remark = self._remark(life, words)
            self.remarks.append(remark)
            if remark["kind"] != "strength":
                self.unanswered.append(remark)

    def answer(self, life: Life) -> None:
        """Let the author answer every remark that waits."""
        for remark in self.unanswered:
            words = life.rng.choice(PIECES["answers"])
            self.answers.append(
                {
                    "remark_id": remark["id"],
                    "to": remark["id"],
                    "person_id": life.holder,
                    "kind": words["kind"],
                    "words": words["words"],
                    "at": life.at,
                }
            )
            life.provide(Kind.REMARK_ANSWERED, remark=remark["id"], answer=words["kind"])
        self.unanswered = []

    def of_request(self, request_id: int) -> tuple[list[Row], list[Row], list[Row]]:
        """Return versions, remarks and answers with the request they belong to."""
        for row in (*self.versions, *self.remarks):
            row["request_id"] = request_id
        return self.versions, self.remarks, self.answers

    def _remark(self, life: Life, words: Row) -> Row:
        visits = 1 + sum(told.happening.kind is Kind.HANDED for told in life.told)
        remark = {
            "id": self.next_remark,
            "visit_seq": visits,
            "version_id": self.versions[-1]["id"],
            "writer_id": life.holder,
            "kind": words["kind"],
            "weight": words["weight"],
            "audience": "author",
            "where": words.get("where", ""),
            "see": words["see"],
            "why": words["why"],
            "try_next": words.get("try_next", ""),
            "created_at": life.at,
            "released_at": life.at,
        }
        self.next_remark += 1
        return remark
