"""Periksa QR: what a code says, what is wrong with it, and whether it is still one's own."""
