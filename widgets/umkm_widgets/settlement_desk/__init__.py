"""Cocokkan: a provider's settlement list beside the cash book, line by line."""
