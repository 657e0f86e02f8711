"""Several people at the same moment, each with a transaction, or a browser, of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

from sqlalchemy import select

from app.db import db
from tests.support.clients import PageClient
from tests.support.forms import fill


def at_once(app, *deeds):
    """Run every deed in a thread and transaction of its own; return what each gave or raised."""
    barrier = Barrier(len(deeds))

    def run(deed):
        with app.app_context():
            barrier.wait(timeout=10)
            try:
                result = deed(db.session)
                db.session.commit()
            except Exception as error:
                db.session.rollback()
                return error
            finally:
                db.session.remove()
            return result

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def sent_at_once(app, session, row, *filled):
    """Send filled forms while somebody else holds `row`; return the status of each answer.

    `filled` are (browser, form): see `ready`. Each has looked at what there is before one of them
    may write, as it happens when two people click within the same millisecond.
    """
    model, key = type(row), row.id
    session.commit()

    def holds(session):
        session.execute(select(model.id).where(model.id == key).with_for_update())
        sleep(0.5)

    def sends(browser, form):
        def deed(_session):
            sleep(0.1)
            return browser.open(form.url, method=form.method, data=form.data).status_code

        return deed

    return at_once(app, holds, *(sends(*each) for each in filled))[1:]


def ready(app, session, person, url, button, **fields):
    """Return a browser of somebody (None: of a stranger) and the form they have filled in there."""
    client = PageClient(app, session)
    if person is not None:
        client.sign_in(person)
    return client._browser, fill(client.get(url), button, fields)
