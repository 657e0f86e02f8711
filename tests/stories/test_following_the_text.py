"""Versions, the passages remarks are about, and suggested words, over several versions."""

from dataclasses import replace
from random import Random
from time import process_time

import pytest
from sqlalchemy import func, select

from app.documents.actions import NewVersion
from app.documents.models import Version
from app.documents.rules import Origin, UnfitText
from app.feedback.models import Answer, Remark
from app.feedback.places import Anchor, Placement, TakenSuggestion
from app.feedback.placing import confirm_place, save_version
from app.feedback.rules import Outcome, RemarkKind, RemarkWords, Weight
from app.feedback.suggestions import take_suggestions
from app.requests.rules import NotNow, NotYours, Stale
from tests.bench.prose import document
from tests.support.desk import act
from tests.support.pieces import (
    LATER,
    STRENGTH,
    give_back,
    remarks_of,
    returned,
    with_editor,
    write,
)

TEXT = (
    "It was cold in the harbour. The keeper lit the lamp and waited for the ferry.\n\n"
    "Nobody came that night. The log says so in one short line."
)


def about(passage, replacement=None, weight=Weight.COULD, see="See here"):
    """Return a suggestion about a passage of TEXT."""
    at = TEXT.index(passage)
    span = (at, at + len(passage))
    return RemarkWords(RemarkKind.SUGGESTION, weight, see, passage=span, replacement=replacement)


def places(session, request):
    """Return (outcome, the words there) in the newest version of every remark but strengths."""
    query = select(Version).where(Version.request_id == request.id)
    latest = session.scalars(query.order_by(Version.number.desc()).limit(1)).one()
    rows = session.scalars(
        select(Placement)
        .join(Remark, Remark.id == Placement.remark_id)
        .where(Placement.version_id == latest.id, Remark.kind != RemarkKind.STRENGTH)
        .order_by(Placement.remark_id)
    )
    return [
        (row.outcome, None if row.start is None else latest.body[row.start : row.end])
        for row in rows
    ]


def bodies(session, request):
    query = select(Version).where(Version.request_id == request.id)
    return [v.body for v in session.scalars(query.order_by(Version.number))]


def test_a_version_is_frozen_with_number_checksum_maker_and_note(db_session, cast):
    piece = with_editor(db_session, cast, TEXT)
    version = db_session.scalars(select(Version).where(Version.request_id == piece.id)).one()
    assert (version.number, version.made_by_id, version.words) == (1, cast.ada.id, 28)
    assert len(version.sha256) == 64


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 1_000_001])
def test_no_text_and_too_much_text_are_no_version(db_session, cast, text):
    piece = returned(db_session, cast, [STRENGTH], TEXT)
    with pytest.raises(UnfitText):
        write(db_session, piece, cast.ada, text, on=1)


def test_marks_are_brought_to_one_form(db_session, cast):
    piece = with_editor(db_session, cast, "e\u0301te\u0301 🙂\r\nagain")
    assert bodies(db_session, piece) == ["été 🙂\nagain"]


def test_each_new_version_says_what_became_of_every_passage(db_session, cast):
    quotes = ("the lamp", "Nobody came that night.", "one short line")
    piece = returned(db_session, cast, [STRENGTH, *map(about, quotes)], TEXT)
    first, second = TEXT.replace("one short line", "a line or so").split("\n\n")
    write(db_session, piece, cast.ada, f"{second}\n\nNew.\n\n{first}", on=1)
    assert places(db_session, piece) == [
        ("same", "the lamp"),
        ("same", "Nobody came that night."),
        ("gone", None),
    ]
    anchors = db_session.scalars(select(Anchor).order_by(Anchor.remark_id))
    assert [anchor.quote for anchor in anchors] == ["It", *quotes]


def test_a_look_alike_is_not_taken_for_the_passage(db_session, cast):
    both = f"{TEXT}\n\nThe porter lit the lamp and waited for the mail."
    piece = returned(db_session, cast, [STRENGTH, about("lit the lamp and waited")], both)
    write(db_session, piece, cast.ada, both.replace(" lit the lamp and waited", " slept", 1), on=1)
    assert places(db_session, piece) == [("gone", None)]


def test_the_author_says_whether_it_is_perhaps_here(db_session, cast):
    passage = "lit the lamp and waited for the ferry"
    piece = returned(db_session, cast, [STRENGTH, about(passage)], TEXT)
    half = TEXT.replace(passage, "lit the lamp and waited until morning came")
    write(db_session, piece, cast.ada, half, on=1)
    assert places(db_session, piece)[0][0] == Outcome.PERHAPS
    remark = remarks_of(db_session, piece)[1]
    with pytest.raises(NotYours):
        confirm_place(db_session, piece, remark, here=True, act=act(cast.bea, LATER))
    confirm_place(db_session, piece, remark, here=True, act=act(cast.ada, LATER))
    assert places(db_session, piece)[0][0] == Outcome.MOVED
    with pytest.raises(NotNow):
        confirm_place(db_session, piece, remark, here=True, act=act(cast.ada, LATER))
    write(db_session, piece, cast.ada, f"{half}\n\nThe end.", on=2)
    assert places(db_session, piece)[0][0] == Outcome.MOVED


def test_several_suggestions_become_one_version_with_their_credit(db_session, cast):
    remarks = [STRENGTH, about("cold", "bitterly cold"), about("one short line", "a line")]
    piece = returned(db_session, cast, remarks, TEXT)
    ids = [remark.id for remark in remarks_of(db_session, piece)[1:]]
    taken = take_suggestions(db_session, piece, ids, based_on=1, act=act(cast.ada, LATER))
    assert taken == ids
    changed = TEXT.replace("cold", "bitterly cold").replace("one short line", "a line")
    assert bodies(db_session, piece) == [TEXT, changed]
    version = db_session.scalars(select(Version).where(Version.number == 2)).one()
    assert (version.origin, version.note) == (Origin.SUGGESTIONS, "Suggested by Bea Okafor")
    assert db_session.scalar(select(func.count()).select_from(TakenSuggestion)) == 2
    assert [a.kind for a in db_session.scalars(select(Answer))] == ["taken", "taken"]
    with pytest.raises(NotNow, match="please look again"):
        take_suggestions(db_session, piece, ids, based_on=2, act=act(cast.ada, LATER))


def test_of_two_that_overlap_one_is_taken_and_one_looked_at_again(db_session, cast):
    remarks = [
        STRENGTH,
        about("lit the lamp", "put the light on"),
        about("the lamp and waited", "a candle and sat"),
        about("cold", "freezing"),
    ]
    piece = returned(db_session, cast, remarks, TEXT)
    first, second, third = [remark.id for remark in remarks_of(db_session, piece)[1:]]
    taken = take_suggestions(
        db_session, piece, [first, second, third], based_on=1, act=act(cast.ada, LATER)
    )
    assert taken == [third, first]
    with pytest.raises(NotNow, match="please look again"):
        take_suggestions(db_session, piece, [second], based_on=2, act=act(cast.ada, LATER))


def test_a_suggestion_is_taken_only_while_the_text_is_what_it_was(db_session, cast):
    piece = returned(db_session, cast, [STRENGTH, about("the lamp", "a lamp")], TEXT)
    [_, remark] = remarks_of(db_session, piece)
    write(db_session, piece, cast.ada, TEXT.replace("the lamp", "the old lamp"), on=1)
    with pytest.raises(NotNow, match="please look again"):
        take_suggestions(db_session, piece, [remark.id], based_on=2, act=act(cast.ada, LATER))
    write(db_session, piece, cast.ada, f"New.\n\n{TEXT}", on=2)
    take_suggestions(db_session, piece, [remark.id], based_on=3, act=act(cast.ada, LATER))
    assert bodies(db_session, piece)[-1] == f"New.\n\n{TEXT.replace('the lamp', 'a lamp')}"


def test_only_the_author_takes_and_only_from_the_newest_page(db_session, cast):
    piece = returned(db_session, cast, [STRENGTH, about("the lamp", "a lamp")], TEXT)
    ids = [remarks_of(db_session, piece)[1].id]
    for person, error in ((cast.bea, NotNow), (cast.kim, NotYours), (cast.dov, NotYours)):
        with pytest.raises((error, NotYours, NotNow)):
            take_suggestions(db_session, piece, ids, based_on=1, act=act(person, LATER))
    with pytest.raises(Stale):
        take_suggestions(db_session, piece, ids, based_on=0, act=act(cast.ada, LATER))


def test_restoring_makes_a_new_version(db_session, cast):
    piece = returned(db_session, cast, [STRENGTH], TEXT)
    write(db_session, piece, cast.ada, "Another", on=1)
    new = NewVersion(TEXT, 2, origin=Origin.RESTORED, restores=1)
    save_version(db_session, piece, new, act=act(cast.ada, LATER))
    assert bodies(db_session, piece) == [TEXT, "Another", TEXT]


def test_ten_thousand_words_with_200_remarks_take_a_new_version_in_a_second(db_session, cast):
    text = "\n\n".join(" ".join(sentences) for sentences in document(Random(3), 10_000))
    starts = range(0, len(text) - 300, len(text) // 200)
    note = RemarkWords(RemarkKind.NOTE, Weight.COULD, "Mind this")
    remarks = [replace(note, passage=(start, start + 40)) for start in starts][:200]
    piece = with_editor(db_session, cast, text)
    give_back(db_session, piece, cast.bea, [STRENGTH, *remarks])
    began = process_time()  # of this process alone, however busy the machine is
    write(db_session, piece, cast.ada, text.replace(" the ", " that ", 300), on=1)
    assert process_time() - began < 1
    assert len(places(db_session, piece)) == len(remarks) > 190
