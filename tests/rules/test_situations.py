"""What an author reads about where their piece stands, sentence by sentence."""

from dataclasses import replace

import pytest

from app.handoffs.situations import Counts, Situation, author_line

WITH_KIM = Situation(
    state="in work",
    stage="editor",
    mine=False,
    holder="Kim",
    team="Content",
    since="Tuesday 10:00",
    expected="Thursday 17:00",
    versions=1,
)
MINE = replace(WITH_KIM, stage="author", mine=True, holder="Ada", sent_back=True)


@pytest.mark.parametrize(
    ("situation", "words"),
    [
        (
            WITH_KIM,
            (
                "Kim has it since Tuesday 10:00. Expected by Thursday 17:00. "
                "Nothing for you to do now."
            ),
        ),
        (
            replace(WITH_KIM, expected=None),
            "Kim has it since Tuesday 10:00. Nothing for you to do now.",
        ),
        (
            replace(WITH_KIM, holder=None),
            (
                "Content has it since Tuesday 10:00; nobody has picked it up yet. "
                "Nothing for you to do now."
            ),
        ),
        (
            replace(WITH_KIM, said_when="on Friday 27 March"),
            "Kim will look on Friday 27 March. Nothing for you to do now.",
        ),
        (
            replace(WITH_KIM, late=True, expected="yesterday 17:00", said_words="Sorry, year end."),
            (
                "Kim’s answer was due yesterday 17:00. Kim: “Sorry, year end.” "
                "The lead of Content sees it."
            ),
        ),
        (
            replace(WITH_KIM, late=True, expected="yesterday 17:00"),
            "Kim’s answer was due yesterday 17:00. The lead of Content sees it.",
        ),
        (
            replace(WITH_KIM, counts=Counts(answered=5, asked=5)),
            "You answered 5 of 5. With Kim for another look.",
        ),
        (
            replace(MINE, counts=Counts(musts=3, ideas=2, strengths=2), size="hours"),
            "Back to you: 3 to do, 2 ideas, a few hours. Two passages to keep.",
        ),
        (
            replace(MINE, counts=Counts(ideas=1, strengths=1), question=True),
            "Back to you with a question: 1 idea. One passage to keep.",
        ),
        (replace(MINE), "Back to you."),
        (
            replace(MINE, counts=Counts(answered=5, asked=5)),
            "You answered 5 of 5. Send it on when you are ready.",
        ),
        (
            replace(MINE, sent_back=False, versions=0),
            "Yours to write. Nobody reads it before you send it on.",
        ),
        (
            replace(MINE, sent_back=False, versions=2),
            "Version 2 is saved and still with you. Send it on when you are ready.",
        ),
        (
            replace(MINE, arriving="Bea"),
            "Bea is just handing it to you; it arrives in a moment.",
        ),
        (
            replace(WITH_KIM, changed_by="Bea"),
            "Bea made small changes. Have a look and say whether they are fine.",
        ),
        (
            replace(WITH_KIM, state="waiting", waiting_for="Lou"),
            "The work waits for an answer from Lou. Nothing for you to do now.",
        ),
        (
            replace(WITH_KIM, state="done", carriers=("Kim", "Lee")),
            "Delivered. Kim and Lee carried it with you. Say thanks?",
        ),
        (
            replace(WITH_KIM, state="confirmed", carriers=("Kim", "Lee", "Mo")),
            "Delivered. Kim, Lee and Mo carried it with you. Say thanks?",
        ),
        (replace(WITH_KIM, state="done"), "Delivered. Well done."),
        (
            replace(WITH_KIM, state="declined"),
            "It was declined before it was finished. Your text stays here.",
        ),
        (
            replace(WITH_KIM, state="withdrawn"),
            "It was withdrawn before it was finished. Your text stays here.",
        ),
    ],
)
def test_every_situation_has_its_sentence(situation, words):
    assert author_line(situation) == words


def test_many_passages_are_counted_in_figures():
    line = author_line(replace(MINE, counts=Counts(musts=1, strengths=11)))
    assert line == "Back to you: 1 to do. 11 passages to keep."
