"""The form of an act that came too late, as it was typed, to look over and to send again."""

import flask

from app.requests.models import Request
from app.web.act_forms import ActForms
from app.web.acting import ActForm
from app.web.forms.acts import ACTS, ADDRESSES

NAMES = {address: name for name, address in ADDRESSES.items() if name != "click"}


def typed_here(request: Request | None) -> ActForm | None:
    """Return the form that was posted to this address, for the request as it is now.

    None where the address is of no form that the page of a request offers.
    """
    name = NAMES.get(flask.request.path.rpartition("/")[2])
    if request is None or name is None:
        return None
    typed = ACTS[name]()
    ActForms(request, {}).take(name, typed)
    typed.seen.raw_data, typed.seen.data = None, request.version
    return typed
