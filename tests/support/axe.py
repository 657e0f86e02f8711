"""axe-core in a page: put there once, and asked for what is wrong alone."""

from functools import cache
from importlib.resources import files

from playwright.sync_api import Page

ASK = """async rules => {
  const only = rules ? { runOnly: { type: "rule", values: rules } } : {};
  const found = await axe.run({ resultTypes: ["violations"], ...only });
  return found.violations.map(v => `${v.id} at ${v.nodes[0].target}: ${v.help}`);
}"""


@cache
def _source() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def violations(page: Page, *rules: str) -> list[str]:
    """Return a sentence for each thing that axe finds; with `rules` it looks at these alone."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_source())
    return page.evaluate(ASK, list(rules) or None)
