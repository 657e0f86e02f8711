"""Walking over all routes as somebody would, by what their forms send."""

import re

from app.db import db

MISSING = 987_654


def rules_of(app):
    """Return (endpoint, method) of every route, without the methods that come by themselves."""
    return [
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
    ]


def token(client):
    """Return the CSRF token of the browser's session."""
    return re.search(r'name="csrf_token" value="([^"]+)"', client.raw("/me").text)[1]


def ask(client, url, method, data, key):
    """Send what a real form would send, token and key and version too."""
    if method == "GET":
        return client.raw(url, method="GET")
    hidden = {"csrf_token": token(client), "key": key, "seen": data.pop("seen", "1")}
    return client.raw(url, method=method, data=hidden | data)


def snapshot(session):
    session.rollback()
    tables = list(db.metadata.sorted_tables)
    return {table.name: session.execute(table.select()).all() for table in tables}


def named(cast, value):
    """Return the id of a member of the cast where `value` is a name, else the value."""
    return getattr(getattr(cast, value, None), "id", value) if isinstance(value, str) else value


def same(answer):
    """Return an answer without what differs between any two: tokens and addresses."""
    text = re.sub(r'(csrf_token" value=|X-CSRFToken": )"[^"]*"', "", answer.text)
    return answer.status_code, re.sub(rf"/requests/\d+|{MISSING}", "", text)
