"""A person with a keyboard and a screen reader: every step by Tab, arrows, Enter and Space, and by
what things are called; the mouse is never touched.
"""

import re

from playwright.sync_api import Locator, Page, expect

# The ring may stand around the whole choice that a small box is part of.
HERE = """() => {
  const at = document.activeElement;
  const ringed = one => {
    const look = getComputedStyle(one);
    return look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0;
  };
  const box = at.getBoundingClientRect();
  const choice = at.closest(".choice");
  return {
    body: at === document.body || at === null,
    seen: (ringed(at) || (choice && ringed(choice))) && box.width > 0 && box.height > 0,
    what: at.outerHTML.slice(0, 120),
  };
}"""
FAR = 150  # stops on one page


class Keyboard:
    """The keys of one person's browser."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def find(self, role: str, name: str | re.Pattern[str]) -> Locator:
        """Go on by Tab until the thing of this role and name has the focus, and return it."""
        if isinstance(name, str):
            name = re.compile(rf"^{re.escape(name)}( \(optional\))?$")
        wanted = self.page.get_by_role(role, name=name)  # type: ignore[arg-type]
        return self._reach(wanted, f"the {role} “{name}”")

    def unfold(self, words: str) -> None:
        """Find what is folded away under `words`, and open it."""
        self._reach(self.page.locator("summary", has_text=words), f"the fold “{words}”")
        self.page.keyboard.press("Enter")

    def _reach(self, wanted: Locator, what: str) -> Locator:
        expect(wanted.first).to_be_attached()
        for _ in range(FAR):
            self.page.keyboard.press("Tab")
            self.check_focus()
            for index in range(wanted.count()):
                if wanted.nth(index).evaluate("one => one === document.activeElement"):
                    return wanted.nth(index)
        raise AssertionError(f"no way by Tab to {what}")

    def go(self, role: str, name: str | re.Pattern[str]) -> None:
        """Find a link or a button and press it."""
        self.find(role, name)
        self.page.keyboard.press("Enter")

    def write(self, name: str | re.Pattern[str], text: str) -> None:
        """Find a field and write into it, instead of what is there."""
        field = self.find("textbox", name)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)
        expect(field).to_have_value(text)

    def choose(self, name: str | re.Pattern[str]) -> None:
        """Find one of several answers; arrows move among them, and Space takes one."""
        wanted = self.page.get_by_role("radio", name=name)
        expect(wanted).to_be_attached()
        for _ in range(FAR):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("document.activeElement.type") != "radio":
                continue
            group = self.page.evaluate("document.activeElement.name")
            if wanted.get_attribute("name") != group:
                continue
            for _ in range(10):
                if wanted.evaluate("one => one === document.activeElement"):
                    self.page.keyboard.press("Space")
                    expect(wanted).to_be_checked()
                    return
                self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no way to the answer “{name}”")

    def pick(self, name: str | re.Pattern[str], letters: str) -> None:
        """Find a list and type the beginning of what is wanted."""
        self.find("combobox", name)
        self.page.keyboard.type(letters)

    def check_focus(self) -> None:
        """Where one is, must be seen."""
        here = self.page.evaluate(HERE)
        assert here["body"] or here["seen"], f"no focus seen at {here['what']}"

    def is_somewhere(self) -> None:
        """After a part of the page was replaced, the focus still stands on something."""
        here = self.page.evaluate(HERE)
        assert not here["body"], "the focus is lost"
