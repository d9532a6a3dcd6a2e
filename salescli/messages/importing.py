"""Sentences of what is asked of an import, and of a first evening with salescli."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {
    "not-a-pair": Message("`{text}` of {option} is not `left=right`", "{option} 的 `{text}` 不是 `左=右` 的形式"),
    "not-an-alias": Message(
        "`{text}` is not an alias",
        "`{text}` 不是别名",
        "write --alias type:written=meant, as person:王方=王芳",
        "请写 --alias 类型:写法=实名,如 person:王方=王芳",
    ),
    "unknown-profile": Message(
        "there is no import profile `{text}`; there are: {known}",
        "没有导入配置 `{text}`;现有:{known}",
        "did you mean `{nearest}`?",
        "是否为 `{nearest}`?",
    ),
    "folder-not-empty": Message(
        "`{path}` is not empty",
        "`{path}` 不是空文件夹",
        "name another folder: salescli demo DIR",
        "请指定其他文件夹:salescli demo 文件夹",
    ),
    "options-exclude": Message("{first} and {second} exclude each other", "{first} 与 {second} 不能同时使用"),
}
