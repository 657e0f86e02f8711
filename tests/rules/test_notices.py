"""Who is told what, why and when."""

from datetime import UTC, datetime, time

import pytest

from app.notices.quiet import Quiet, after_quiet
from app.notices.rules import Around, Reason, Told, recipients
from app.requests.acts.mentions import mentioned
from app.requests.rules import Kind, Side

KIM, IVO, IDA, DOV, EVE, LOU = range(1, 7)
AROUND = Around(
    requester=KIM, holder=IVO, team=[IVO, IDA, DOV], leads=[DOV], carriers=[IVO], watchers=[EVE]
)
FREE = Around(requester=KIM, holder=None, team=[IVO, IDA, DOV], leads=[DOV])


def reasons(*events, around=AROUND, actor=None):
    return {who: reason for who, (_, reason) in recipients(events, around, actor=actor).items()}


def told(kind, side=Side.PROVIDING, **data):
    return Told(kind, side, data)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (told(Kind.MESSAGE), {KIM: Reason.MESSAGE, EVE: Reason.WATCHING}),
        (
            told(Kind.MESSAGE, mentions=[IDA, KIM]),
            {IDA: Reason.MENTION, KIM: Reason.MENTION, EVE: Reason.WATCHING},
        ),
        (told(Kind.NOTE, mentions=[IDA]), {IDA: Reason.MENTION, EVE: Reason.WATCHING}),
        (
            told(Kind.GIVEN, **{"from": IDA}),
            {IVO: Reason.TURN, IDA: Reason.TAKEN_OVER, EVE: Reason.WATCHING},
        ),
        (told(Kind.PAUSED, waiting_on="requester"), {KIM: Reason.QUESTION, EVE: Reason.WATCHING}),
        (told(Kind.PAUSED, waiting_on="third party"), {EVE: Reason.WATCHING}),
        (told(Kind.DONE), {KIM: Reason.TURN, EVE: Reason.WATCHING}),
        (told(Kind.THANKED, Side.ASKING), {IVO: Reason.THANKS, EVE: Reason.WATCHING}),
        (told(Kind.REMINDED, what="late soon"), {IVO: Reason.REMINDER}),
        (told(Kind.REMINDED, what="late"), {IVO: Reason.REMINDER, DOV: Reason.LEAD}),
        (told(Kind.REMINDED, what="answer wanted 1.1"), {KIM: Reason.QUESTION}),
        (told(Kind.REMINDED, what="how was it"), {KIM: Reason.REMINDER}),
        (told(Kind.TICKED), {}),
    ],
)
def test_who_is_told_of_what(event, expected):
    assert reasons(event) == expected


@pytest.mark.parametrize(
    ("kind", "requester", "holder"),
    [
        (Kind.MESSAGE, Reason.MESSAGE, Reason.MESSAGE),
        (Kind.WITHDRAWN, Reason.ENDED, Reason.ENDED),
        (Kind.REOPENED, Reason.MOVED, Reason.TURN),
    ],
)
def test_who_asked_hears_what_a_colleague_does_for_them_but_not_their_own(kind, requester, holder):
    event = told(kind, Side.ASKING)
    others = {IVO: holder, EVE: Reason.WATCHING}
    assert reasons(event, actor=LOU) == {KIM: requester, **others}
    assert reasons(event, actor=KIM) == others


@pytest.mark.parametrize("kind", [Kind.WITHDRAWN, Kind.DECLINED, Kind.CONFIRMED])
def test_how_it_ended_is_told_rather_than_that_words_came_along(kind):
    side = Side.PROVIDING if kind is Kind.DECLINED else Side.ASKING
    found = recipients([told(Kind.MESSAGE, side), told(kind, side)], AROUND, actor=LOU)
    assert found[KIM] == (1, Reason.ENDED)


def test_nobody_is_told_of_their_own_act():
    assert reasons(told(Kind.DONE), actor=KIM) == {EVE: Reason.WATCHING}


def test_of_one_act_everybody_is_told_once_for_the_strongest_reason():
    found = recipients([told(Kind.MESSAGE), told(Kind.DONE)], AROUND, actor=IVO)

    assert found == {KIM: (1, Reason.TURN), EVE: (0, Reason.WATCHING)}


def test_what_nobody_holds_is_news_for_the_team_and_words_go_to_its_lead():
    assert reasons(told(Kind.RAISED, Side.ASKING), around=FREE) == dict.fromkeys(
        [IVO, IDA, DOV], Reason.NEW
    )
    said = told(Kind.MESSAGE, Side.ASKING)
    assert reasons(said, around=FREE, actor=KIM) == {DOV: Reason.MESSAGE}


@pytest.mark.parametrize(
    "kind", [Kind.HANDED, Kind.GIVEN, Kind.STEPPED_ASIDE, Kind.RESUMED, Kind.REOPENED]
)
def test_what_comes_to_a_team_and_to_nobody_in_it_is_news_for_all_of_it(kind):
    found = reasons(told(kind), around=FREE, actor=DOV)
    assert {who for who, why in found.items() if why is Reason.NEW} == {IVO, IDA}
    assert Reason.TURN not in found.values()


def test_the_second_reopening_is_for_the_lead_too():
    again = Around(requester=KIM, holder=IVO, leads=[DOV], reopenings=2)
    told_of = reasons(told(Kind.REOPENED, Side.ASKING), around=again, actor=KIM)
    assert told_of == {IVO: Reason.TURN, DOV: Reason.LEAD}


@pytest.mark.parametrize(
    ("at", "sent"),
    [
        ("18:59", "18:59"),
        ("19:00", "+1 07:00"),
        ("23:30", "+1 07:00"),
        ("06:59", "07:00"),
        ("07:00", "07:00"),
    ],
)
def test_nothing_leaves_in_the_quiet_hours(at, sent):
    day = 5 + sent.startswith("+1")
    expected = datetime.fromisoformat(f"2026-03-{day:02} {sent.removeprefix('+1 ')}+00:00")

    assert after_quiet(datetime.fromisoformat(f"2026-03-05 {at}+00:00"), Quiet()) == expected


def test_quiet_hours_at_noon_and_none_at_all():
    noon = datetime(2026, 3, 5, 12, 30, tzinfo=UTC)

    assert after_quiet(noon, Quiet(time(12), time(13))).hour == 13
    assert after_quiet(noon, Quiet(time(13), time(14))) == noon
    assert after_quiet(noon, Quiet(time(9), time(12))) == noon
    assert after_quiet(noon, Quiet(time(12), time(12))) == noon


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("@Ada Lindqvist, could you look?", [1]),
        ("@Ada could you look?", []),  # two have that first name
        ("@bea and @Ada Lovelace", [3, 2]),
        ("Write to bea@baton.example", []),
        ("(@Bea) @Bea @nobody", [3]),
    ],
)
def test_mentions(words, who):
    people = [(1, "Ada Lindqvist"), (2, "Ada Lovelace"), (3, "Bea Okafor")]

    assert mentioned(words, people) == who
