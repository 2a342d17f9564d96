"""Biaya QRIS: what arrives of a payment, when, and what a month of sales comes to."""
