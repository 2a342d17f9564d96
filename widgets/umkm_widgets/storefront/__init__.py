"""Katalog: a shop's products with photos become one page to send to buyers, and a price list."""
