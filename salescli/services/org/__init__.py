"""The organisation: how many heads a target takes."""
