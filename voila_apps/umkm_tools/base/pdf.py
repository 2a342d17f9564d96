"""Text for PDFs that are set in the fonts every reader of PDFs has."""


def plain(text: str) -> str:
    """Return a text as far as the PDF's own font has it."""
    return text.encode("cp1252", "ignore").decode("cp1252").strip()
