"""Sentences of the `imports` area."""

from __future__ import annotations

from salescli.messages import Message

MESSAGES: dict[str, Message] = {}
