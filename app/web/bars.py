"""Bars as SVG, each a link to what it counts; their geometry comes from `turnaround.charts`.

A page draws about a hundred, and a template takes several times as long for each as this does.
"""

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from app.turnaround.charts import Bar, Chart
from app.turnaround.plots import Label

Said = tuple[object, str, str]  # the value in words, the address behind it, what it is


def lying(
    chart: Chart, key: str, title: str, desc: str, rows: Sequence[tuple[str, Sequence[Said]]]
) -> Markup:
    """Return lying bars; `rows` are a name and what is said of each bar, a row for each group."""
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
            f'<rect class="{_look(bar)}" x="{bar.x}%" y="{bar.y}" width="{bar.width}%" '
            f'height="{bar.height}" rx="2"/><text x="{bar.width}%" dx="{beside}" '
            f'y="{bar.y + bar.height / 2}" dominant-baseline="central">{escape(said[0])}</text>'
            "</a>\n"
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
        drawn.append(
            f'{_begun(said)}<rect class="{_look(bar)}" x="{bar.x}%" y="{bar.y}" '
            f'width="{bar.width}%" height="{bar.height}" rx="1.5"/></a>\n'
        )
    drawn += [
        f'<text x="{name.x}%" y="{name.y}" text-anchor="{name.anchor}">{escape(name.text)}</text>\n'
        for name in names
    ]
    return _framed(chart, key, title, desc, drawn)


def _begun(said: Said) -> str:
    words, url, about = said
    whole = f"{escape(about)}: {escape(words)}"
    return f'<a href="{escape(url)}" aria-label="{whole}"><title>{whole}</title>'


def _look(bar: Bar) -> str:
    return f"bar-{bar.series}" if bar.series > 1 else "bar"


def _framed(chart: Chart, key: str, title: str, desc: str, drawn: Iterable[str]) -> Markup:
    return Markup(
        f'<div class="chart">\n<svg width="100%" height="{chart.height}" role="group" '
        f'aria-labelledby="{key}-drawn {key}-desc">\n'
        f'<title id="{key}-drawn">{escape(title)}</title>\n'
        f'<desc id="{key}-desc">{escape(desc)}</desc>\n{"".join(drawn)}</svg>\n</div>\n'
    )
