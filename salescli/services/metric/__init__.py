"""Metrics: the catalogue, figures by any dimension, the rows behind them."""
