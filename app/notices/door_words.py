"""What letters say of ways in, of what changed about them, and of mails that were not taken."""

from app.language import gettext, gettext_noop
from app.notices.letters import Text, hello, in_parts
from app.people.rules import DoorChange

CHANGED = {
    DoorChange.PASSKEY_ADDED: gettext_noop("A passkey was added: “%(what)s”."),
    DoorChange.PASSKEY_FORGOTTEN: gettext_noop("A passkey was taken away: “%(what)s”."),
    DoorChange.APP_SET_UP: gettext_noop("An app for codes was set up."),
    DoorChange.APP_FORGOTTEN: gettext_noop("The app for codes was taken away."),
    DoorChange.CODES_RENEWED: gettext_noop("New recovery codes were made; the old ones are gone."),
    DoorChange.SECOND_STEP_FORGOTTEN: gettext_noop(
        "Your second step was taken away, on the command line."
    ),
    DoorChange.PASSWORD_CHANGED: gettext_noop(
        "Your password was changed, and other browsers signed out."
    ),
    DoorChange.ADDRESS_CHANGED: gettext_noop("Your e-mail address is now %(what)s."),
    DoorChange.ACCOUNT_LINKED: gettext_noop(
        "Your account at %(what)s can sign you in from now on."
    ),
    DoorChange.LET_IN: gettext_noop("A link that lets you in was made, on the command line."),
    DoorChange.TOKEN_MADE: gettext_noop("A token for programs was made: “%(what)s”."),
}


def sign_in_letter(name: str, url: str) -> Text:
    """Return the letter with a link that lets `name` in."""
    body = in_parts(
        [
            hello(name),
            gettext("Here is your link to sign in to Baton. It is good once, and for 10 minutes:"),
            url,
            gettext("There you can also set a new password."),
            gettext("If you did not ask for this, do nothing: without the link nobody comes in."),
        ]
    )
    return Text(gettext("Your link to sign in"), f"{body}\n")


def changed_letter(name: str, change: DoorChange, what: str, *, url: str) -> Text:
    """Return the letter that tells `name` what changed about how they come in."""
    body = in_parts(
        [
            hello(name),
            gettext(CHANGED[change], what=what),
            gettext("If that was you, all is well. If not, somebody else can act as you: go to"),
            f"{url}/me",
            gettext(
                "change your password and sign out everywhere, "
                "and tell somebody who looks after Baton."
            ),
        ]
    )
    return Text(gettext("How you sign in has changed"), f"{body}\n")


def refusal_letter(name: str | None, sentence: str, *, subject: str = "", words: str = "") -> Text:
    """Return the answer to a mail that was not taken: why not, and its own words, if any.

    `name` is None for a stranger.
    """
    named = subject or gettext("your mail")
    begun = hello(name) if name else gettext("Hello there,")
    own = [gettext("Your words:"), words[:5000]] if words else []
    body = in_parts([begun, sentence, *own])
    return Text(f"Re: {named}", f"{body}\n")
