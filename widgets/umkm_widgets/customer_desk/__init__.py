"""Pelanggan: a list of sales becomes three groups of buyers, and a message to each of them."""
