"""Customers: one page of what is known of each."""
