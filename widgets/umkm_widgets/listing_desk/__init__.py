"""Judul & deskripsi: builds a listing from what is known, and advises on it."""
