"""Signing in at a real OpenID provider in a real Chromium, past the policy of our own pages."""

import re

from playwright.sync_api import expect

from tests.support.providers import SECRET

ADA = {"ada": {"name": "Ada", "email": "ada@baton.example", "email_verified": True}}


def test_one_goes_there_and_comes_back_to_where_one_wanted_to_go(
    browser_page, live_server, start_provider, setting, cast
):
    provider = start_provider(ADA, back=f"{live_server}/sign-in/provider/back")
    setting(
        address=live_server,
        oidc_issuer=provider.issuer,
        oidc_client_id="baton",
        oidc_client_secret=SECRET,
        oidc_name="The House",
    )
    page = browser_page()
    # The provider's own pages ask for a font from elsewhere; nothing leaves this machine here.
    page.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), lambda route: route.fulfill(body=""))
    page.goto("/ask")
    page.get_by_role("link", name="Sign in with The House").click()
    page.locator("input[name=login]").fill("ada")
    page.locator("input[name=password]").fill("any")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/ask")
    expect(page.get_by_text("You, Ada Lindqvist")).to_be_attached()
