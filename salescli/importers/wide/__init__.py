"""Sheets with a column per month: which columns these are, and their cells as records of their own."""
