"""Sentences of the `command` area: the command line itself, and the machine around it."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
    "unknown-command": Message(
        "`{word}` is not a command",
        "没有命令 `{word}`",
        "did you mean `salescli {nearest}`?",
        "是否为 `salescli {nearest}`?",
    ),
    "unknown-verb": Message(
        "`{group}` has no command `{word}`",
        "`{group}` 没有命令 `{word}`",
        "did you mean `salescli {nearest}`?",
        "是否为 `salescli {nearest}`?",
    ),
    "unknown-option": Message(
        "`{command}` has no option `{option}`",
        "`{command}` 没有选项 `{option}`",
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`?",
    ),
    "unknown-root-option": Message(
        "salescli has no option `{word}`",
        "salescli 没有选项 `{word}`",
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`?",
    ),
    "unknown-shell": Message(
        "completion is written for one of: {shells}",
        "可生成补全脚本的 shell:{shells}",
        "salescli completion bash",
        "salescli completion bash",
    ),
    "missing-value": Message("{name} is missing", "缺少 {name}", "see `{command} --help`", "用法见 `{command} --help`"),
    "bad-value": Message(
        "{name}: {message}", "{name}:{message}", "see `{command} --help`", "用法见 `{command} --help`"
    ),
    "extra-words": Message(
        "more words than `{command}` takes: {words}",
        "`{command}` 用不到的内容:{words}",
        "see `{command} --help`; put quotes around a value with spaces",
        "用法见 `{command} --help`;含空格的值请加引号",
    ),
    "not-a-number": Message("{option}: `{text}` is not a whole number", "{option}:`{text}` 不是整数"),
    "number-out-of-range": Message(
        "{option}: {text} is out of range",
        "{option}:{text} 超出范围",
        "from {least} to {most}",
        "范围为 {least} 到 {most}",
    ),
    "bad-usage": Message("{message}", "{message}", "see `{command} --help`", "用法见 `{command} --help`"),
    "option-lacks-value": Message(
        "`{option}` needs a value", "`{option}` 需要一个值", "see `salescli help output`", "见 `salescli help output`"
    ),
    "option-choice": Message("`{option} {text}`: not one of {choices}", "`{option} {text}`:只能是 {choices}"),
    "option-date": Message(
        "`{option} {text}` is not a date", "`{option} {text}` 不是日期", "write it as 2026-03-31", "请写成 2026-03-31"
    ),
    "bad-width": Message(
        "`--width {text}` is not a number of columns from {least} up", "`--width {text}` 不是 {least} 以上的列数"
    ),
    "no-such-folder": Message("`{path}` is not a folder", "`{path}` 不是文件夹"),
    "output-suffix": Message(
        "`{path}`: the suffix names no format ({suffixes})",
        "`{path}`:后缀不对应任何格式({suffixes})",
        "choose the format with -O",
        "用 -O 指定格式",
    ),
    "binary-on-terminal": Message(
        "{format} is not text and cannot be shown here",
        "{format} 不是文本,无法在此显示",
        "write it to a file: -o report.xlsx",
        "请写入文件:-o report.xlsx",
    ),
    "no-workspace": Message(
        "`{path}` is in no workspace: there is no salescli.yaml in it or above it",
        "`{path}` 不在任何工作区内:本级及上级文件夹都没有 salescli.yaml",
        "`salescli start FILE` begins one from a spreadsheet, `salescli init` an empty one",
        "`salescli start 文件` 从表格开始,`salescli init` 建立空的工作区",
    ),
    "workspace-exists": Message("`{path}` is a workspace already", "`{path}` 已经是工作区"),
    "disk-full": Message("no space left: {reason}", "磁盘空间不足:{reason}"),
    "disk-error": Message("the disk or device failed: {reason}", "磁盘或设备出错:{reason}"),
    "cannot-use-file": Message("`{path}` cannot be used: {reason}", "无法使用 `{path}`:{reason}"),
    "store-busy": Message(
        "another program is writing to the store; nothing was changed",
        "另一个程序正在写入数据库;数据未变",
        "wait for it to end, or close it, and try again",
        "请等它结束或将其关闭后重试",
    ),
    "store-not-writable": Message(
        "the store cannot be written: {reason}",
        "数据库不可写:{reason}",
        "look at the permissions of its folder",
        "请检查其文件夹的权限",
    ),
    "store-not-opened": Message("the store cannot be opened: {reason}", "无法打开数据库:{reason}"),
    "store-damaged": Message(
        "the store's file is damaged or is no store: {reason}",
        "数据库文件已损坏,或不是数据库:{reason}",
        "`salescli store verify` says more; `salescli store backup` made copies beside it",
        "详情见 `salescli store verify`;备份在同一文件夹",
    ),
}
