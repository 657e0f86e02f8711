"""The courses that requests of the demo take: plain work, and pieces of writing."""

from app.cli.demo.life import Life
from app.cli.demo.organisation import PIECES
from app.cli.demo.pieces import Desk
from app.requests.life.promises import due, iso
from app.requests.rules import Kind


def plain_work(life: Life) -> None:
    """Answer, perhaps ask back or hand on, do it, and hear whether it holds."""
    if not _taken_up(life):
        return
    if life.chance(0.28):
        _ask_back(life)
    if life.chance(0.1):
        _hand_to_other_team(life)
    if life.chance(0.15):
        life.provide(Kind.NOTE, life.say("notes"))
    if life.chance(0.2):
        _ask_further(life)
    life.pass_time(_hours(life) * 0.3)
    _finish(life)


def piece_of_writing(life: Life, desk: Desk) -> None:
    """Author, editor and proofreader, with at most two returns."""
    if not _taken_up(life):
        return
    stages = [step["stage"] for step in life.type.stages]
    author, returns, position = life.holder, 0, 0
    while True:
        life.pass_time(life.type.stages[position]["allowance_s"] / 3600 * 0.5)
        if stages[position] == "author":
            desk.answer(life)
            desk.write(life, PIECES["paragraphs"])
        elif returns < 2 and life.chance(0.6 if returns == 0 else 0.2):
            returns += 1
            desk.advise(life)
            _hand(life, 0, author, life.rng.choice(BACK))
            position = 0
            continue
        position += 1
        if position == len(stages):
            break
        _hand(life, position, _other(life, author), "pass on")
    _finish(life)


BACK = ("back for small changes", "back for larger changes")


def _taken_up(life: Life) -> bool:
    """Claim, answer and begin; return False when it was declined instead."""
    life.pass_time(1.2 if life.chance(0.85) else 12, spread=0.9)
    life.holder = life.someone()
    life.provide(Kind.CLAIMED)
    if life.chance(0.03):
        words = f"{life.say('declines')}\n\nInstead: {life.say('instead')}"
        life.provide(Kind.MESSAGE, words)
        life.provide(Kind.DECLINED)
        return False
    life.pass_time(0.3)
    life.provide(Kind.MESSAGE, life.say("answers"))
    life.pass_time(1.5)
    life.provide(Kind.STARTED)
    return True


def _ask_further(life: Life) -> None:
    """Let who asked write once more, and hear in time, mostly."""
    life.pass_time(1)
    promise = life.type.reply_promise_s
    by = promise and iso(due(life.organisation.clocks[life.team], life.at, promise))
    life.ask(Kind.MESSAGE, life.say("further"), **({"reply_by": by} if by else {}))
    life.pass_time(0.8 if life.chance(0.8) else 9)
    life.provide(Kind.MESSAGE, life.say("further_answers"))


def _ask_back(life: Life) -> None:
    life.pass_time(0.8)
    third = life.chance(0.2)
    life.provide(Kind.MESSAGE, life.say("questions"))
    life.provide(
        Kind.PAUSED,
        waiting_on="third party" if third else "requester",
        who=life.say("third_parties") if third else "",
        until=iso(due(life.organisation.clocks[life.team], life.at, 16 * 3600)),
    )
    since = life.at
    life.pass_time(9)
    if third:
        life.provide(Kind.RESUMED, how="by hand", **life.moved(since))
    else:
        life.ask(Kind.MESSAGE, life.say("replies"))
        life.ask(Kind.RESUMED, how="answered", **life.moved(since))


def _hand_to_other_team(life: Life) -> None:
    life.provide(Kind.NOTE, life.say("handovers"))
    teams = [t for t in life.organisation.members if t not in (life.team, life.asking_team)]
    target = life.rng.choice(teams)
    life.visit_due = None
    life.provide(Kind.HANDED, stage="work", team=target, holder=None, decision="to another team")
    life.team = target
    life.pass_time(2)
    life.holder = life.someone()
    life.provide(Kind.STARTED)


def _hand(life: Life, position: int, holder: int, decision: str) -> None:
    step = life.type.stages[position]
    life.visit_due = iso(due(life.organisation.clocks[life.team], life.at, step["allowance_s"]))
    life.provide(
        Kind.HANDED,
        stage=step["stage"],
        team=step["team_id"],
        holder=holder,
        decision=decision,
        visit_due=life.visit_due,
    )
    life.holder = holder
    life.pass_time(1.5)
    life.provide(Kind.STARTED)


def _other(life: Life, author: int) -> int:
    others = [m for m in life.organisation.members[life.team] if m not in (author, life.holder)]
    return life.rng.choice(others)


def _finish(life: Life) -> None:
    life.provide(Kind.MESSAGE, life.say("done"))
    life.provide(Kind.DONE)
    finished = life.at
    life.pass_time(9)
    if life.chance(0.07):
        life.ask(Kind.MESSAGE, life.say("not_yet"))
        life.ask(Kind.REOPENED, **life.moved(finished))
        life.pass_time(2)
        life.provide(Kind.STARTED)
        life.pass_time(3)
        life.provide(Kind.MESSAGE, life.say("done"))
        life.provide(Kind.DONE)
        life.pass_time(5)
    if life.chance(0.06):
        life.ask(Kind.MESSAGE, life.say("partly"))
        life.ask(Kind.CONFIRMED, outcome="partly")
    else:
        life.ask(Kind.CONFIRMED, outcome="yes")
    if life.chance(0.45):
        life.ask(Kind.THANKED, life.say("thanks"))


def _hours(life: Life) -> float:
    return (life.type.done_promise_s or 16 * 3600) / 3600
