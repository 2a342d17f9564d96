"""The cash book (Buku kas): one widget, and what it shows, reads in and gives out."""
