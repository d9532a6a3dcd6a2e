"""What of a month is handed out: one person's statement as a file."""

from __future__ import annotations

from salescli.cli.emit import emit_problems, say
from salescli.cli.opening import opened
from salescli.cli.session import session
from salescli.core.title import Title


def write_statement(period: str, person: str) -> None:
    """Write one person's statement as a workbook or a page to print, as `-o` says."""
    from salescli.services.atomic import write_file
    from salescli.services.export.statements import export_statement

    path, form = session().output, session().format
    assert path is not None and form is not None
    with opened() as context:
        done = export_statement(context, context.parse_period(period), person, form)
    write_file(path, done.files[0].content)
    emit_problems(done.problems)
    if done.note is not None:
        say(done.note)
    say(Title(f"已写入 {path}", f"written: {path}"))
