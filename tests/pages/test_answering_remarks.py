"""The author answers what others remarked; the reason is the answer."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.feedback.models import Answer, Remark
from app.feedback.rules import Audience, RemarkKind, RemarkWords, Weight
from app.handoffs.actions import hand_on
from app.handoffs.advice import Advice
from app.requests.acts import work
from tests.support.desk import MONDAY, act, counted_queries
from tests.support.pieces import returned as given_back

SAVE = "Save my answers"
ADVICE = [
    RemarkWords(RemarkKind.STRENGTH, Weight.COULD, "A bright first line", "It draws one in"),
    RemarkWords(RemarkKind.PROBLEM, Weight.MUST, "No year", "Nobody knows when", "Add it"),
    RemarkWords(RemarkKind.SUGGESTION, Weight.COULD, "A long second part"),
    RemarkWords(RemarkKind.NOTE, Weight.COULD, "Mind the date", audience=Audience.TEAM),
]


@pytest.fixture(autouse=True)
def monday():
    with freeze_time(MONDAY + timedelta(hours=1)):
        yield


@pytest.fixture
def returned(db_session, cast):
    """An article that Bea gave back to Ada with advice."""
    return given_back(db_session, cast, ADVICE)


@pytest.fixture
def answers(client, cast, returned):
    def go(person=None, status=200):
        client.sign_in(person or cast.ada)
        return client.get(f"/requests/{returned.id}/answers", status)

    return go


@pytest.fixture
def field(db_session, returned):
    def name(see, part="kind"):
        remark = db_session.query(Remark).filter_by(request_id=returned.id, see=see).one()
        return f"remark_{remark.id}-{part}"

    return name


def said(session):
    session.rollback()
    return [(answer.kind, answer.words) for answer in session.query(Answer).order_by(Answer.id)]


def test_what_asks_for_an_answer_is_listed_and_nothing_else(answers):
    page = answers()
    assert page.texts(".remark-see") == ["No year", "A long second part"]
    assert page.all("input[checked]") == []


def test_answers_may_come_one_by_one(client, db_session, returned, answers, field):
    shown = client.submit(answers(), SAVE, **{field("A long second part"): "taken"})
    assert shown.url == f"/requests/{returned.id}"
    assert answers().texts(".remark-see") == ["No year"]
    own = {field("No year"): "taken my own way", field("No year", "words"): " In the title "}
    client.submit(answers(), SAVE, **own)
    assert "Nothing to answer" in answers().text
    assert said(db_session) == [("taken", ""), ("taken my own way", "In the title")]


@pytest.mark.parametrize(
    ("kind", "words", "sentence"),
    [
        ("taken my own way", "", "Please say in a few words what you did instead."),
        ("not taken because", " ", "Please say why not; your reason is the answer."),
        ("question", "", "Please write your question."),
        ("question", "w" * 4001, "Please stay within 4,000 characters."),
    ],
)
def test_an_answer_that_does_not_fit_comes_back_with_the_rest(
    client, db_session, answers, field, kind, words, sentence
):
    other, mine = field("A long second part", "words"), field("No year", "words")
    sent = {field("No year"): kind, mine: words, other: "Kept"}
    page = client.submit(answers(), SAVE, 422, **sent)
    assert page.one(f"[name={mine}]").text.strip() == words.strip()
    assert page.texts(".field-error") == [sentence]
    assert page.one(f"[name={field('No year')}][checked]")["value"] == kind
    assert page.one(f"[name={other}]").text.strip() == "Kept"
    assert said(db_session) == []


def test_a_second_click_answers_once(client, db_session, answers, field):
    page = answers()
    for _ in range(2):
        client.submit(page, SAVE, **{field("No year"): "taken"})
    assert said(db_session) == [("taken", "")]


def test_a_page_from_before_a_move_keeps_its_words(
    client, db_session, cast, returned, answers, field
):
    page = answers()
    work.give(db_session, returned, to=cast.dov, act=act(cast.ada))
    work.give(db_session, returned, to=cast.ada, act=act(cast.dov))
    words = {field("No year"): "question", field("No year", "words"): "Which year?"}
    refused = client.submit(page, SAVE, 409, **words)
    assert "Which year?" in str(refused.one(f"[name={field('No year', 'words')}]"))
    assert said(db_session) == []
    client.submit(refused, "Send it again")
    assert len(said(db_session)) == 1


def test_only_who_holds_it_answers(client, db_session, cast, returned, answers, field):
    page = answers()
    answers(cast.bea, 403)
    answers(cast.kim, 403)
    answers(cast.eve, 404)
    work.give(db_session, returned, to=cast.dov, act=act(cast.ada))
    client.sign_in(cast.ada)
    client.submit(page, SAVE, 403, **{field("No year"): "taken"})
    assert said(db_session) == []


@pytest.mark.parametrize("see", ["Mind the date", "A bright first line"])
def test_what_asks_for_nothing_cannot_be_answered(client, db_session, answers, field, see):
    assert forged(client, answers(), field(see)) == 403
    assert said(db_session) == []


@pytest.mark.parametrize("number", ["0", "9" * 20, "9" * 5000, "²"])
def test_an_answer_to_no_remark_is_refused(client, db_session, answers, number):
    assert forged(client, answers(), f"remark_{number}-kind") == 403
    assert said(db_session) == []


def forged(client, page, name):
    """Post the form of `page` with a field it does not have; return the status."""
    hidden = page.all("form:has([name=seen]) input[type=hidden]")
    data = {field["name"]: field["value"] for field in hidden} | {name: "taken"}
    return client.raw(page.url, method="POST", data=data).status_code


def test_what_is_for_the_team_only_stays_from_the_author_after_sending_on(
    client, db_session, cast, returned, answers, field
):
    client.submit(answers(), SAVE, **{field("No year"): "taken"})
    later = MONDAY + timedelta(hours=2)
    hand_on(db_session, returned, advice=Advice(), to=cast.bea, act=act(cast.ada, later))
    for reader, reads in ((cast.ada, False), (cast.dov, True)):
        client.sign_in(reader)
        assert ("Mind the date" in client.get(f"/requests/{returned.id}").html) is reads


def test_nothing_said_changes_nothing(client, db_session, answers):
    assert "There is no answer yet." in client.submit(answers(), SAVE, 409).text
    assert said(db_session) == []


def test_the_page_asks_the_database_no_more_for_many_remarks(
    client, db_session, cast, returned, answers
):
    def queries():
        answers()
        with counted_queries(db_session) as sent:
            answers()
        return len(sent)

    few = queries()
    db_session.add_all(
        Remark(
            request_id=returned.id,
            visit_seq=2,
            writer_id=cast.bea.id,
            kind=RemarkKind.QUESTION,
            weight=Weight.COULD,
            see="More",
            created_at=MONDAY,
            released_at=MONDAY,
        )
        for _ in range(20)
    )
    assert queries() == few
    assert few <= 19
