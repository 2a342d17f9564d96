"""Hitung marketplace: what is left of a sale on each marketplace, and the price that keeps a target."""
