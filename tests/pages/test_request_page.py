"""The page of a request: what each side reads, and that it stays quick."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.documents.actions import NewVersion, make_version
from app.feedback.rules import Audience, RemarkKind, RemarkWords, Weight
from app.handoffs.actions import hand_on, say_done
from app.handoffs.advice import Advice
from app.requests.acts import settling, words, work
from app.requests.rules import WaitingOn
from tests.support.desk import MONDAY, act, ask, counted_queries
from tests.support.pieces import returned as given_back

STRENGTH = RemarkWords(RemarkKind.STRENGTH, Weight.COULD, "A bright first line", "It draws one in")
MUST = RemarkWords(RemarkKind.PROBLEM, Weight.MUST, "No year", "Nobody knows when", "Add it")
ASIDE = RemarkWords(RemarkKind.NOTE, Weight.COULD, "Watch the deadline", audience=Audience.TEAM)


@pytest.fixture(autouse=True)
def monday():
    with freeze_time(MONDAY + timedelta(hours=1)):
        yield


@pytest.fixture
def laptop(db_session, cast):
    return ask(db_session, cast.laptop, cast.kim)


@pytest.fixture
def returned(db_session, cast):
    """An article that Bea gave back to Ada with advice."""
    return given_back(db_session, cast, [STRENGTH, MUST, ASIDE], note="Nearly there")


def show(client, person, request, status=200):
    client.sign_in(person)
    return client.get(f"/requests/{request.id}", status)


def test_it_says_whose_turn_it_is_to_each_side(client, cast, laptop):
    assert "IT Help has it; nobody has picked it up yet." in show(client, cast.kim, laptop).text
    page = show(client, cast.ivo, laptop)
    assert "Nobody has picked it up yet." in page.text
    assert "first answer by today 14:00, 3 h left" in page.one("#turn").get_text()
    page = client.submit(page, "I am on it")
    assert "Your turn, Ivo." in page.text
    assert "Ivo has it. Nothing for you to do now." in show(client, cast.kim, laptop).text


def test_the_asking_side_never_reads_an_internal_note(client, db_session, cast, laptop):
    words.write_note(db_session, laptop, words="Between us", act=act(cast.ivo))
    assert "Between us" in show(client, cast.ida, laptop).text
    page = show(client, cast.kim, laptop)
    assert "Between us" not in page.html
    assert "internal note" not in page.text


def test_advice_is_between_those_who_make_the_piece(client, cast, returned):
    for reader in (cast.ada, cast.bea):
        assert "No year" in show(client, reader, returned).text
    for other in (cast.cy, cast.dov):  # of the team, also its lead, but not on this piece
        assert "No year" not in show(client, other, returned).html
    page = show(client, cast.kim, returned)
    assert "No year" not in page.html
    assert "It was cold." not in page.html
    assert "gave it back to Ada Lindqvist for small changes" in page.text


def test_what_is_for_the_team_only_is_not_for_the_author(client, cast, returned):
    page = show(client, cast.bea, returned)
    assert "Watch the deadline" in page.text
    assert "Team only" in page.text
    assert "Watch the deadline" not in show(client, cast.ada, returned).html
    assert "Watch the deadline" not in client.get(f"/requests/{returned.id}/answers").html


def test_a_must_waits_for_its_answer_before_the_piece_goes_on(client, cast, returned):
    page = show(client, cast.ada, returned)
    assert "1 remark waits for your answer" in page.text
    form = client.get(f"/requests/{returned.id}/handoff")
    refused = client.submit(form, "Pass the baton", 422, decision="pass on")
    assert "Still to answer: 1" in refused.text
    answers = client.get(f"/requests/{returned.id}/answers")
    field = next(f["name"] for f in answers.all("input[type=radio]"))
    bad = client.submit(answers, "Save my answers", 422, **{field: "not taken because"})
    assert "your reason is the answer" in bad.text
    done = client.submit(bad, "Save my answers", **{field: "taken"})
    assert "taken" in done.one("#piece .remark-answer").get_text()
    form = client.get(f"/requests/{returned.id}/handoff")
    client.submit(form, "Pass the baton", decision="pass on")
    assert "Bea has it" in show(client, cast.ada, returned).text


def test_only_the_holder_may_pass_it_on(client, db_session, cast, returned):
    client.sign_in(cast.ada)
    url = f"/requests/{returned.id}/handoff"
    work.give(db_session, returned, to=cast.dov, act=act(cast.ada))
    client.get(url, 403)
    client.sign_in(cast.kim)
    client.get(url, 403)


def test_more_slots_keep_what_was_typed(client, db_session, cast):
    request = ask(db_session, cast.article, cast.kim)
    work.claim(db_session, request, act=act(cast.ada))
    hand_on(db_session, request, advice=Advice(), to=cast.bea, act=act(cast.ada))
    client.sign_in(cast.bea)
    page = client.get(f"/requests/{request.id}/handoff")
    page = client.submit(page, "Add another remark", **{"remarks-0-see": "Kept"})
    assert len(page.all("textarea[name^=remarks][name$=see]")) == 2
    assert page.one("[name=remarks-0-see]").text.strip() == "Kept"
    page = client.submit(
        page, "Look it over", 422, decision="back for larger changes", **{"remarks-0-see": "Kept"}
    )
    assert "works and should stay" in page.texts(".field-error")[0]
    assert "Bea has it" in show(client, cast.ada, request).text


def test_the_requester_reads_the_text_once_it_is_done(client, db_session, cast):
    request = ask(db_session, cast.article, cast.kim)
    work.claim(db_session, request, act=act(cast.ada))
    make_version(db_session, request, NewVersion("All *done*.", 0), act=act(cast.ada))
    hand_on(db_session, request, advice=Advice(), to=cast.bea, act=act(cast.ada))
    hand_on(db_session, request, advice=Advice(), to=cast.cy, act=act(cast.bea))
    client.sign_in(cast.kim)
    client.get(f"/requests/{request.id}/versions/1", 404)
    say_done(db_session, request, words="Here", act=act(cast.cy))
    assert show(client, cast.kim, request).one("#piece em").text == "done"
    client.get(f"/requests/{request.id}/versions/1")
    client.get(f"/requests/{request.id}/versions/2", 404)


@pytest.mark.both
def test_the_number_of_queries_does_not_grow_with_the_request(client, db_session, cast, laptop):
    def queries():
        show(client, cast.ivo, laptop)
        with counted_queries(db_session) as sent:
            show(client, cast.ivo, laptop)
        return len(sent)

    def go_round():
        work.pause(
            db_session,
            laptop,
            question="Which?",
            waiting_on=WaitingOn.REQUESTER,
            who="",
            until=None,
            act=act(cast.ivo),
        )
        words.write_message(db_session, laptop, words="That", act=act(cast.kim))
        say_done(db_session, laptop, words="Here", act=act(cast.ivo))
        settling.reopen(db_session, laptop, reason="No", act=act(cast.lou))

    go_round()
    few = queries()
    for _ in range(6):
        go_round()
    assert queries() == few
    assert few <= 19


def test_not_yet_says_what_is_missing(client, db_session, cast, laptop):
    work.claim(db_session, laptop, act=act(cast.ivo))
    say_done(db_session, laptop, words="Here", act=act(cast.ivo))
    page = show(client, cast.kim, laptop)
    refused = client.submit(page, "Say so", 422, outcome="not yet", words=" ")
    assert "Please say what is missing" in refused.one(".field-error").text
    client.submit(refused, "Say so", outcome="not yet", words="The charger")
    assert laptop.reopenings == 1


def test_no_act_is_unfolded_before_somebody_wants_it(client, db_session, cast, laptop):
    work.claim(db_session, laptop, act=act(cast.ivo))
    page = show(client, cast.ivo, laptop)
    assert "Say that it will be later" in page.text
    assert page.all("#acts details[open]") == []
