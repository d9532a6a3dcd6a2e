"""Deals: lists, one deal, and moving it through the stages."""
