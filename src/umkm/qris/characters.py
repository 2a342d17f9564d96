"""Characters that a screen does not show, or that change how it shows others."""


def is_hidden(char: str) -> bool:
    """Return whether a character has no shape of its own.

    Controls, direction marks, zero widths, halves of surrogate pairs, unassigned numbers, and
    every blank but the ordinary space.
    """
    return not char.isprintable()


def is_printable_ascii(text: str) -> bool:
    """Return whether every character is one of the 95 from space to tilde (EMVCo's `ans`)."""
    return all(" " <= char <= "~" for char in text)


def is_digits(text: str) -> bool:
    """Return whether there is nothing but 0-9 (EMVCo's `N`)."""
    return text.isascii() and text.isdigit()


def shown(text: str) -> str:
    """Return the text fit for a screen: hidden characters by their number, `[U+202E]`."""
    return "".join(f"[U+{ord(char):04X}]" if is_hidden(char) else char for char in text)


def hidden_codes(text: str) -> str:
    """Return the numbers of the hidden characters, each once: `U+202E, U+0000`."""
    return ", ".join(dict.fromkeys(f"U+{ord(char):04X}" for char in text if is_hidden(char)))
