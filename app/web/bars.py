"""Bars as SVG, each a link to what it counts; their geometry comes from `turnaround.charts`.

A page draws about a hundred, and a template takes several times as long for each as this does.
"""

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from app.turnaround.charts import Bar, Chart
from app.turnaround.plots import Label

Said = tuple[object, str, str]  # the value in words, the address behind it, what it is
SQUARE = 'width="6" height="6" patternUnits="userSpaceOnUse"'
WOVEN = {
    "band-2": f'{SQUARE} patternTransform="rotate(45)"><rect class="weave" width="2" height="6"/>',
    "band-3": f'{SQUARE} patternTransform="rotate(-45)"><rect class="weave" width="1" height="6"/>',
    "band-4": f'{SQUARE}><circle class="weave" cx="3" cy="3" r="1.3"/>',
    "band-5": f'{SQUARE}><rect class="weave" width="6" height="2"/>',
}


def lying(
    chart: Chart,
    key: str,
    title: str,
    desc: str,
    rows: Sequence[tuple[str, Sequence[Said]]],
    names: Sequence[str] = ("",),
) -> Markup:
    """Return lying bars; `rows` are a name and what is said of each bar, a row for each group.

    `names` tell the bars of a group apart: each stands behind its number.
    """
    drawn = [
        f'<text class="label" x="0" y="{y}">{escape(name)}</text>\n'
        for y, (name, _) in zip(chart.places, rows, strict=True)
    ]
    for bar in chart.bars:
        said = rows[bar.index][1][bar.series - 1]
        beside = 8 if bar.width else 0
        drawn.append(
            f"{_begun(said)}"
            f'<rect x="0" y="{bar.y}" width="100%" height="{bar.height}" fill="transparent"/>'
            f'{_drawn(bar, key, 2)}<text x="{bar.width}%" dx="{beside}" '
            f'y="{bar.y + bar.height / 2}" dominant-baseline="central">'
            f"{escape(said[0])} {escape(names[bar.series - 1])}</text></a>\n"
        )
    return _framed(chart, key, title, desc, drawn)


def standing(
    chart: Chart,
    key: str,
    title: str,
    desc: str,
    rows: Sequence[Sequence[Said]],
    names: Iterable[Label],
) -> Markup:
    """Return standing bars; `rows` say something of each bar of a group, `names` stand below."""
    drawn = []
    for number, tick in enumerate(chart.ticks):
        look = "gridline" if number else "axis"
        drawn.append(
            f'<line class="{look}" x1="0" x2="100%" y1="{tick.y}" y2="{tick.y}"/>'
            f'<text x="0" y="{tick.y - 4}">{tick.label}</text>\n'
        )
    for bar in chart.bars:
        said = rows[bar.index][bar.series - 1]
        drawn.append(f"{_begun(said)}{_drawn(bar, key, 1.5)}</a>\n")
    drawn += [
        f'<text x="{name.x}%" y="{name.y}" text-anchor="{name.anchor}">{escape(name.text)}</text>\n'
        for name in names
    ]
    return _framed(chart, key, title, desc, drawn)


def _begun(said: Said) -> str:
    words, url, about = said
    whole = f"{escape(about)}: {escape(words)}"
    return f'<a href="{escape(url)}" aria-label="{whole}"><title>{whole}</title>'


def _drawn(bar: Bar, key: str, round_by: float) -> str:
    look = f"band-{bar.series}"
    place = f'x="{bar.x}%" y="{bar.y}" width="{bar.width}%" height="{bar.height}"'
    plain = f'<rect class="{look}" {place} rx="{round_by}"/>'
    return plain + (f'<rect fill="url(#{key}-{look})" {place}/>' if look in WOVEN else "")


def patterns(key: str, looks: Iterable[str] = WOVEN) -> Markup:
    """Return the patterns of a drawing: what differs in colour differs in its weave too."""
    known = "".join(f'<pattern id="{key}-{look}" {WOVEN[look]}</pattern>' for look in looks)
    return Markup(f"<defs>{known}</defs>\n")


def _framed(chart: Chart, key: str, title: str, desc: str, drawn: Iterable[str]) -> Markup:
    looks = sorted({f"band-{bar.series}" for bar in chart.bars}.intersection(WOVEN))
    woven = patterns(key, looks) if looks else ""
    return Markup(
        f'<div class="chart plot">\n<svg width="100%" height="{chart.height}" role="group" '
        f'aria-labelledby="{key}-drawn {key}-desc">\n'
        f'<title id="{key}-drawn">{escape(title)}</title>\n'
        f'<desc id="{key}-desc">{escape(desc)}</desc>\n{woven}{"".join(drawn)}</svg>\n</div>\n'
    )
