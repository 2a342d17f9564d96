"""What runs inside a page's kernel: answers find their way to the records from here."""
