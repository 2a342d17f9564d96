"""Periksa foto: advice on a photo, and the same photo cropped and lit."""
