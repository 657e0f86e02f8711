"""Who may use which part of the API: the table behind its own walk."""

from typing import Any

from tests.support.gate import ASKERS, CARRIERS, SEERS

WORDS = {"words": "Some words"}
EVERYBODY = frozenset({"kim", "lou", "ada", "bea", "dov", "ivo", "eve"})
# For each operation: what is posted so that only the right is in question, and who may do it on an
# open article of Content, asked by Kim of the Field Office, held by Ada, with a note of hers.
API: dict[str, tuple[dict[str, Any], frozenset[str]]] = {
    "api_requests.list_requests": ({}, EVERYBODY),
    "api_requests.create_request": ({"title": "Mine", "type": "article"}, EVERYBODY),
    "api_requests.show_request": ({}, SEERS),
    "api_requests.list_messages": ({}, SEERS),
    "api_requests.list_events": ({}, SEERS),
    "api_requests.create_message": (WORDS, SEERS),
    "api_requests.create_note": (WORDS, CARRIERS),
    "api_requests.create_thanks": (WORDS, ASKERS),
    "api_requests.create_claim": ({}, CARRIERS),
    "api_requests.create_takeover": ({}, CARRIERS),
    "api_requests.create_gift": ({"to": "bea"}, frozenset({"ada", "dov"})),
    "api_requests.create_start": ({}, CARRIERS),
    "api_requests.create_pause": ({"question": "Which?"}, CARRIERS),
    "api_requests.create_resumption": ({}, CARRIERS),
    "api_requests.create_handover": ({"team": "it_help", "note": "Yours"}, CARRIERS),
    "api_requests.create_completion": (WORDS, CARRIERS),
    "api_requests.create_confirmation": ({"outcome": "yes"}, ASKERS),
    "api_requests.create_reopening": (WORDS, ASKERS),
    "api_requests.create_decline": ({"reason": "No", "instead": "There"}, CARRIERS),
    "api_requests.create_withdrawal": ({}, ASKERS),
    "api_catalogue.list_teams": ({}, EVERYBODY),
    "api_catalogue.show_team": ({}, EVERYBODY),
    "api_catalogue.list_types": ({}, EVERYBODY),
    "api_catalogue.show_type": ({}, EVERYBODY),
    "api_catalogue.list_people": ({}, EVERYBODY),
    "api_catalogue.show_person": ({}, EVERYBODY),
}
