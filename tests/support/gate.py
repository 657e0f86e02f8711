"""Who may use which route: the table behind the walk over all routes."""

from typing import Any

# anybody, signed in or not
PUBLIC = {
    "static": {"filename": "favicon.svg"},
    "door.health": {},
    "probes.ready": {},
    "probes.metrics": {},
    "door.sign_in": {},
    "door.sign_in_with_password": {},
    "door.sign_in_as": {"person_id": 1},
    "door.invitation": {"token": "none"},
    "door.accept_invitation": {"token": "none"},
    "links.ask": {},
    "links.look": {"token": "none"},
    "links.enter_by_link": {"token": "none"},
    "provider.leave": {},
    "provider.come_back": {},
    "second.look": {},
    "second.enter_code": {},
    "second.ask_key": {},
    "second.enter_key": {},
    "unsubscribe.ask": {"token": "none"},
    "unsubscribe.end": {"token": "none"},
    "programs.calendar": {"secret": "none"},
    "api-docs.openapi_json": {},
}
# everybody who is signed in, alike
SIGNED_IN: dict[str, dict[str, Any]] = {
    "door.sign_out": {},
    **{f"people.{page}": {} for page in ("me", "learning", "data", "save_works")},
    **{f"notices.{page}": {} for page in ("mine", "read_all", "wishes")},
    "absences.away": {},
    "programs.tokens": {},
    "programs.end_token": {"token_id": 999_999},
    "programs.renew_calendar": {},
    "absences.end": {"absence_id": 999_999},
    "finding.find": {"q": "story"},
    "finding.keep": {},
    "finding.drop": {"view_id": 999_999},
    "finding.keys": {},
    "palette.go": {"q": "story"},
    "own_language.save": {},
    **{f"people.{page}": {} for page in ("change_password", "new_password")},
    "people.save_new_password": {},
    "second_step.show": {},
    "second_step.make_sure": {},
    "second_step.begin": {},
    "second_step.confirm": {},
    "second_step.end_app": {},
    "second_step.offer": {},
    "second_step.add": {},
    "second_step.end_passkey": {"passkey_id": 999_999},
    "second_step.renew_codes": {},
    "people.end_browser": {"session_id": 999_999},
    "people.end_all_browsers": {},
    "drafts.keep": {},
    "drafts.drop": {},
    "work.mine": {},
    "work.asked": {},
    "catalogue.choose_team": {},
    "catalogue.choose_type": {"team_id": 1},
    "catalogue.fill_in": {"type_id": 1},
    "catalogue.similar": {"type_id": 1, "title": "story"},
    "teams.queue": {"team_id": 1},
    "teams.board": {"team_id": 1},
    "turnaround.everybody": {},
    "turnaround.team": {"team_id": 1},
    "turnaround.behind": {"team_id": 1, "figure": "open"},
    "turnaround.export": {"team_id": 1, "figure": "open"},
    "chapters.show": {"chapter": "now", "team": 1},
    "chapters.behind": {"chapter": "now", "team": 1, "of": "open"},
    "chapters.export": {"chapter": "now", "team": 1, "sheet": "open-work"},
}
# the lead of the team; each has a test of its own beside what it does
LEADS = {
    *("offers.stages", "offers.edit", "offers.new"),
    *(f"webhooks.{page}" for page in ("webhooks", "deliveries", "send_again", "end", "renew")),
}
# Admins alone; to anybody else there is nothing there. Values: what the address needs.
ADMINS: dict[str, dict[str, Any]] = {
    "administration.people": {},
    "administration.person": {"person_id": 1},
    "administration.place": {"person_id": 1},
    "administration.displace": {"person_id": 1, "team_id": 999_999},
    "administration.invite_again": {"person_id": 1},
    "administration.bring_back": {"person_id": 1},
    **{f"leaving.{page}": {"person_id": 1} for page in ("ask", "end_browsers")},
    "organisation.department": {"department_id": 1},
    "organisation.team": {"team_id": 1},
    **{f"organisation.{page}": {} for page in ("teams", "new_team", "what_was_done")},
    "imports.logs": {},
    **{f"imports.{each}": {"log_id": 999_999} for each in ("log", "start", "drop", "export")},
    "imports.read_otherwise": {"log_id": 999_999},
}
# The lead of that team, or of one that works by the calendar, and admins; hidden from others.
LOOKED_AFTER: dict[str, dict[str, Any]] = {
    "memberships.members": {"team_id": 1},
    "memberships.end": {"team_id": 1, "person_id": 999_999},
    "calendars.edit": {"calendar_id": 1},
    "public_holidays.choose": {"calendar_id": 1},
}
# the members of the team, alike
MEMBERS: dict[str, dict[str, Any]] = {
    "prepared.answers": {},
    "prepared.drop": {"answer_id": 999_999},
    "many.choose": {},
    "many.move": {},
}
# Routes of one request. For each: what is posted so that only the right is in question, and who
# may do it on an open article of Content, asked by Kim of the Field Office, written and held by
# Ada, with small changes and a remark of Bea's.
SEERS = frozenset({"kim", "lou", "ada", "bea", "dov"})
CARRIERS = frozenset({"ada", "bea", "dov"})
ASKERS = frozenset({"kim", "lou"})
HOLDER = frozenset({"ada"})
WORDS = {"words": "Some words"}
# Whoever does not read the text, or a remark, is told that there is none.
READERS = {
    "files.drop": frozenset(),
    "files.download": CARRIERS,
    "piece.version": CARRIERS,
    "comparing.compare": CARRIERS,
    "comparing.original": CARRIERS,
    "comparing.looked": CARRIERS,
    "remarks.create_verdict": frozenset({"ada", "bea"}),
    "remarks.create_helped": frozenset({"ada", "bea"}),
    "remarks.confirm": frozenset({"ada", "bea"}),
}
REQUEST: dict[str, tuple[dict[str, Any], frozenset[str]]] = {
    "requests.show": ({}, SEERS),
    "acts.create_claim": ({}, CARRIERS),
    "acts.create_takeover": ({}, CARRIERS),
    "acts.create_gift": ({"to": "bea"}, frozenset({"ada", "dov"})),
    "acts.create_start": ({}, CARRIERS),
    "talk.create_message": (WORDS, SEERS),
    "talk.create_note": (WORDS, CARRIERS),
    "acts.create_pause": (
        {"waiting_on": "requester", "question": "Which?", "until": "2030-06-03"},
        CARRIERS,
    ),
    "acts.create_resumption": ({}, CARRIERS),
    "acts.create_handover": ({"team": "it_help", "note": "Yours"}, CARRIERS),
    "acts.create_decline": ({"reason": "No", "instead": "There"}, CARRIERS),
    "acts.create_withdrawal": ({}, ASKERS),
    "acts.create_completion": (WORDS, CARRIERS),
    "acts.create_confirmation": ({"outcome": "yes"}, ASKERS),
    "acts.create_thanks": (WORDS, ASKERS),
    "beside.create_return": ({"missing": "A code", "until": "2030-06-03"}, CARRIERS),
    "beside.create_approval": (
        {"of": "eve@baton.example", "question": "Agreed?", "until": "2030-06-03"},
        CARRIERS,
    ),
    "beside.create_decision": ({"agreed": "yes"}, frozenset()),
    "beside.create_tick": ({"point": "Proofread", "done": "yes"}, CARRIERS),
    "beside.create_link": ({"number": "1", "kind": "related"}, SEERS),
    "beside.end_link": ({"kind": "related", "to": "2"}, SEERS),
    "beside.create_rest": ({}, CARRIERS),
    "beside.create_merge": ({"number": "1"}, CARRIERS),
    "beside.create_unmerging": ({}, CARRIERS),
    "prepared.choose": ({}, CARRIERS),
    "pulse.create_pulse": ({}, SEERS),
    "notices.create_look": ({}, SEERS),
    "notices.create_watch": ({}, SEERS),
    "notices.end_watch": ({}, SEERS),
    "files.keep": ({"where": "messages"}, SEERS),
    "files.drop": ({"file_id": 999_999}, frozenset()),
    "files.download": ({"file_id": 1}, CARRIERS),
    "talk.end_words": ({"seq": 1}, frozenset()),
    "lateness.create_promise": (
        {"sorry": "Sorry", "why": "A fair", "day": "2030-06-03"},
        CARRIERS,
    ),
    "lateness.create_rating": ({"rating": "well"}, frozenset({"kim"})),
    "lateness.create_reopening": (WORDS, ASKERS),
    "piece.version": ({"number": 1}, CARRIERS),
    "piece.new_version": ({"body": "Text", "based_on": "0"}, HOLDER),
    "handoffs.handoff": ({"decision": "pass on", "to": "0"}, HOLDER),
    "piece.restore": ({"number": 1, "based_on": "1"}, HOLDER),
    "comparing.compare": ({}, CARRIERS),
    "comparing.original": ({"number": 1}, CARRIERS),
    "comparing.looked": ({"number": 1}, CARRIERS),
    "handoffs.undo": ({}, frozenset({"bea"})),
    "answers.answers": ({}, HOLDER),
    "answers.take": ({"take": "1"}, HOLDER),
    "aside.step": ({"reason": "away"}, HOLDER),
    "aside.create_when": ({"day": "2026-03-05"}, HOLDER),
    "remarks.create_verdict": ({"settled": "yes"}, frozenset({"bea"})),
    "remarks.create_helped": ({}, HOLDER),
    "remarks.confirm": ({"here": "yes"}, HOLDER),
    "remarks.create_word": ({"number": 2, "confirmed": "yes"}, HOLDER),
    "remarks.create_needs": (
        {"needs": "the tone stung"},
        HOLDER,
    ),
    "remarks.create_thanks": (WORDS, HOLDER),
}
