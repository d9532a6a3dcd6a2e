"""Currencies and units of amounts, wherever a sheet says them."""
