"""Shell completion, served from the table: groups, verbs, and the options that every command has.

The scripts ask `salescli __complete WORD…` and offer what it prints, one word per line.
"""

from __future__ import annotations

from collections.abc import Sequence

from salescli.cli.groups import Table
from salescli.cli.options import BY_NAME, OPTIONS, take_options

_BUILT_IN = ("help", "completion")

SCRIPTS: dict[str, str] = {
    "bash": """\
_salescli() {
    local IFS=$'\\n'
    COMPREPLY=($(salescli __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _salescli salescli
""",
    "zsh": """\
#compdef salescli
_salescli() {
    local -a found
    found=("${(@f)$(salescli __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    if [[ -n "${found[1]}" ]]; then compadd -- "${found[@]}"; else _files; fi
}
compdef _salescli salescli
""",
    "fish": """\
function __salescli_words
    salescli __complete (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null
end
complete -c salescli -f -a '(__salescli_words)'
complete -c salescli -F -n 'test (count (__salescli_words)) -eq 0'
""",
    "powershell": """\
Register-ArgumentCompleter -Native -CommandName salescli -ScriptBlock {
    param($word, $ast, $cursor)
    $words = @($ast.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" })
    if ($word -eq '') { $words += '""' }
    salescli __complete @words 2>$null | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
}
""",
}


def complete(words: Sequence[str], table: Table) -> list[str]:
    """Return what the last word, as far as it is typed, may become."""
    *before, typed = words or [""]
    typed = typed.strip('"')
    if before and before[-1] in BY_NAME and BY_NAME[before[-1]].value:
        return []  # the value of an option: the shell offers files
    rest = [word for word in take_options(before).rest if not word.startswith("-")]
    if typed.startswith("-"):
        offered = [option.names[-1] for option in OPTIONS if not option.hidden] + ["--help"]
    else:
        offered = _next_words(rest, table)
    return [word for word in offered if word.startswith(typed)]


def render_script(words: Sequence[str]) -> str:
    """Return the script that switches completion on in one shell.

    Raises:
        UsageError: not one of the shells known.
    """
    if len(words) == 1 and words[0] in SCRIPTS:
        return SCRIPTS[words[0]]
    from salescli.errors import UsageError, problem

    raise UsageError(problem("unknown-shell", shells=tuple(SCRIPTS)))


def _next_words(rest: Sequence[str], table: Table) -> list[str]:
    if not rest:
        return [*table.names(), *_BUILT_IN]
    if rest[0] == "completion":
        return list(SCRIPTS) if len(rest) == 1 else []
    if rest[0] == "help":
        return _next_words(rest[1:], table) if len(rest) < 3 else []
    group = table.group(rest[0])
    return [verb.name for verb in group.verbs] if group and len(rest) == 1 else []
