"""One module per output format; each offers `render_report(report, options)` and stands in `render.registry`."""
