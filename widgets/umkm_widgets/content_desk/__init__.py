"""Kalender konten: a month of posts, changed at will, to the phone's calendar or onto the wall."""
