"""The one shape of an act on a request: load and authorise, one action, one commit."""

from collections.abc import Callable
from typing import Any

from app.db import db
from app.requests.models import Request
from app.web.acting import load_request
from app.web.forms.acts import ACTS
from app.web.render import see, wants_part
from app.web.requests import SAID, show_request


def act_on(request_id: int, name: str, do: Callable[[Request, Any], None]) -> Any:
    """Do `do` with the form called `name`, or show the page again with what is to mend."""
    request = load_request(request_id, bare=True)
    form = ACTS[name]()
    form.about = request
    if not form.validate():
        return show_request(request, typed=form, name=name, status=422)
    do(request, form)
    db.session.commit()
    if wants_part() and name in SAID:
        return show_request(request, name=name)
    return see("requests.show", request_id=request_id)
