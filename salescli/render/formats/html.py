"""Reports as one HTML page that needs nothing else: readable in any browser, printable on paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape

from salescli.core.table import Block, Column, Facts, Line, Prose, Report, Table, Value
from salescli.render.options import RenderOptions
from salescli.render.signs import one_line, to_ascii_signs
from salescli.render.values import (
    UNDEFINED,
    column_for,
    column_places,
    filled_cells,
    is_number,
    raw_text,
    scale_of,
    show,
)
from salescli.render.words import DATE, NEXT, NO_ROWS, TOTAL, column_title, currencies_of, title_line

MOST_UPRIGHT = 7  # columns that fit on upright paper
_STYLE = """
body { font: 14px/1.5 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif;
  color: #1b1b1b; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.35rem; margin: 0 0 1rem; } h2 { font-size: 1.05rem; margin: 1.5rem 0 .4rem; }
table { border-collapse: collapse; } th, td { padding: .2rem .7rem; text-align: left; vertical-align: top; }
th { border-bottom: 1.5px solid #555; font-weight: 600; } tbody td { border-bottom: 1px solid #e4e4e4; }
tfoot td { border-top: 1.5px solid #555; font-weight: 600; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.source { color: #777; font-size: .85em; }
.text { padding-right: 2rem; white-space: pre-wrap; } .facts th { border: 0; color: #555; }
.bar { background: #e4e4e4; width: 8rem; height: .7rem; margin-top: .4rem; } .bar i { display: block; height: 100%;
  background: #3b6ea5; } .spark { color: #3b6ea5; white-space: pre; } footer { margin-top: 1.5rem; color: #666;
  font-size: .9em; } code { font-size: .95em; }
@media print { body { margin: 0; max-width: none; font-size: 11px; } thead { display: table-header-group; }
  tfoot { display: table-row-group; }
  tr, h2, .facts { break-inside: avoid; } h2 { break-after: avoid; }
  .bar i, .bar, .spark { print-color-adjust: exact; } }
:root { color-scheme: light dark; }
@media screen and (prefers-color-scheme: dark) { html { background: #16181c; } body { color: #e8e8e8; }
  tbody td { border-color: #2c3036; } th, tfoot td { border-color: #8a9099; } .bar { background: #33383f; }
  .bar i { background: #7fb0e6; } .spark { color: #7fb0e6; } .source, footer, .facts th { color: #a0a6ae; } }
"""
_SIGNED_STYLE = """.signatures { margin-top: 2.5rem; break-inside: avoid; }
.signatures p { display: flex; gap: .8rem; align-items: baseline; margin: 1.6rem 0 0; }
.signatures i { flex: 0 0 14rem; border-bottom: 1px solid #555; } .signatures i:last-child { flex-basis: 9rem; }
"""


def render_report(report: Report, options: RenderOptions) -> str:
    """Return the page."""
    title = _text(title_line(report, options))
    language = "zh-CN" if options.language == "zh" else "en"
    signed = _SIGNED_STYLE if report.signed_by else ""
    page = [
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">',
        f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>',
        f"<style>{_STYLE}{signed}{_chart_style(report)}{_page_rule(report)}</style>\n</head>\n<body>\n<h1>{title}</h1>",
    ]
    currencies = currencies_of(report)
    for block, name in zip(report.blocks, _ids(report), strict=True):
        page.append(f'<section id="{name}">')
        if block.title:
            page.append(f"<h2>{_text(block.title.text(options.language))}</h2>")
        page += _block_parts(block, currencies, options)
        page.append("</section>")
    page += _signatures(report, options)
    page += _foot(report, options)
    output = "\n".join([*page, "</body>\n</html>"]) + "\n"
    return to_ascii_signs(output) if options.ascii else output


def _chart_style(report: Report) -> str:
    """Return how charts look, where there are any."""
    if not any(isinstance(block, Table) and block.charts and block.rows for block in report.blocks):
        return ""
    from salescli.render.pictures.svg import STYLE

    return STYLE


def _ids(report: Report) -> Iterator[str]:
    """Name each section by its block; a second one of the same name has its number, for an id is there once."""
    seen: Counter[str] = Counter()
    for block in report.blocks:
        seen[block.name] += 1
        yield _text(block.name if seen[block.name] == 1 else f"{block.name}-{seen[block.name]}")


def _page_rule(report: Report) -> str:
    """Return how the paper lies: wide tables need its long side."""
    widest = max((len(block.columns) for block in report.blocks if isinstance(block, Table)), default=0)
    size, margin = ("A4 landscape", 12) if widest > MOST_UPRIGHT else ("A4", 15)
    return f"@page {{ size: {size}; margin: {margin}mm; }}\n"


def _text(text: str) -> str:
    return escape(one_line(text))


def _signatures(report: Report, options: RenderOptions) -> Iterator[str]:
    """Return a line to sign on for each who signs."""
    if report.signed_by:
        yield '<div class="signatures">'
        for signer in report.signed_by:
            name, day = _text(signer.text(options.language)), _text(DATE.text(options.language))
            yield f"<p><span>{name}</span><i></i><span>{day}</span><i></i></p>"
        yield "</div>"


def _foot(report: Report, options: RenderOptions) -> Iterator[str]:
    if not (report.footer or report.next):
        return
    yield "<footer>"
    if report.footer:
        yield f"<p>{' · '.join(_text(line.text(options.language)) for line in report.footer)}</p>"
    if report.next:
        commands = "<br>".join(f"<code>{_text(command)}</code>" for command in report.next)
        yield f"<p>{NEXT.text(options.language)}: {commands}</p>"
    yield "</footer>"


def _block_parts(block: Block, currencies: set[str], options: RenderOptions) -> Iterator[str]:
    if isinstance(block, Table):
        return _table_parts(block, currencies, options)
    if isinstance(block, Facts):
        return _facts_parts(block, currencies, options)
    if isinstance(block, Prose):
        return _prose_parts(block)
    # A trace states sums that were made of whole amounts: they are never divided by the unit.
    exact = replace(options, unit="")
    rows = (row for line in block.lines for row in _trace_rows(line, 0, exact))
    return iter(["<table><tbody>", *rows, "</tbody></table>"])


def _table_parts(table: Table, currencies: set[str], options: RenderOptions) -> Iterator[str]:
    if not table.rows:
        yield f"<p>{_text((table.empty or NO_ROWS).text(options.language))}</p>"
        return
    body = (*table.rows, table.total) if table.total else table.rows
    places = [
        column_places(column, (row[index] for row in body), scale_of(column, options))
        for index, column in enumerate(table.columns)
    ]
    heads = (
        f"<th{_class(column)}>{_text(column_title(column, currencies, options.language))}</th>"
        for column in table.columns
    )
    yield f"<table>\n<thead><tr>{''.join(heads)}</tr></thead>\n<tbody>"
    for row in table.rows:
        yield _table_row(row, table.columns, places, options, "")
    yield "</tbody>"
    if table.total:
        row = table.total
        total = _table_row(row, table.columns, places, options, TOTAL.text(options.language) if row[0] is None else "")
        yield f"<tfoot>{total}</tfoot>"
    yield "</table>"
    if table.charts:
        from salescli.render.pictures.svg import svg_charts

        yield from svg_charts(table, currencies, options)


def _table_row(
    row: Sequence[Value], columns: Sequence[Column], places: Sequence[int], options: RenderOptions, label: str
) -> str:
    cells = [
        f"<td{_class(column)}>{_value(value, column, options, digits)}</td>"
        for value, column, digits in zip(row, columns, places, strict=True)
    ]
    if label:
        cells[0] = f"<td>{_text(label)}</td>"
    return f"<tr>{''.join(cells)}</tr>"


def _class(column: Column) -> str:
    return ' class="number"' if is_number(column) else ' class="source"' if column.key == "source" else ""


def _value(value: Value, column: Column, options: RenderOptions, places: int | None = None) -> str:
    if column.kind == "bar" and value is not None and not isinstance(value, str):
        return f'<div class="bar"><i style="width:{filled_cells(value, 100)}%"></i></div>'
    if column.kind == "spark" and value is not None:
        drawn = _text(show(value, column, options))
        return f'<span class="spark" title="{_text(raw_text(value, column))}">{drawn}</span>'
    return _text(show(value, column, options, places))


def _facts_parts(facts: Facts, currencies: set[str], options: RenderOptions) -> Iterator[str]:
    yield '<table class="facts"><tbody>'
    for column, value in facts.items:
        name = _text(column_title(column, currencies, options.language))
        yield f"<tr><th>{name}</th><td{_class(column)}>{_value(value, column, options) or UNDEFINED}</td></tr>"
    yield "</tbody></table>"


def _trace_rows(line: Line, depth: int, options: RenderOptions) -> Iterator[str]:
    column = line.column or column_for(line.value)
    indent = f' style="padding-left:{0.7 + 1.5 * depth:.1f}rem"'
    text, source = _text(line.text.text(options.language)), _text(line.source)
    value = f"<td{_class(column)}>{_value(line.value, column, options)}</td>"
    yield f'<tr><td class="text"{indent}>{text}</td>{value}<td class="source">{source}</td></tr>'
    for child in line.children:
        yield from _trace_rows(child, depth + 1, options)


def _prose_parts(prose: Prose) -> Iterator[str]:
    tag = "ol" if prose.numbered else "ul"
    yield f"<{tag}>"
    for text, source in prose.lines:
        yield f"<li>{_text(text)}" + (f' <span class="source">{_text(source)}</span>' if source else "") + "</li>"
    yield f"</{tag}>"
