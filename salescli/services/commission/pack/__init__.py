"""Managers' packs: a workbook per manager with the figures of their people, handed out and read back."""
