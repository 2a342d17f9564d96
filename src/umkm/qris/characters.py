"""Characters that a screen does not show, or that make it show something else."""

import unicodedata
from typing import Final

# Control, format (direction marks, zero width), surrogate, private use, unassigned, separators.
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def is_hidden(char: str) -> bool:
    """Say whether a character has no shape of its own."""
    return unicodedata.category(char) in _HIDDEN


def is_printable_ascii(text: str) -> bool:
    """Say whether every character is one of the 95 from space to tilde (EMVCo's `ans`)."""
    return all(" " <= char <= "~" for char in text)


def is_digits(text: str) -> bool:
    """Say whether there is nothing but 0-9 (EMVCo's `N`)."""
    return text.isascii() and text.isdigit()


def shown(text: str) -> str:
    """Give the text fit for a screen: hidden characters by their number, `[U+202E]`."""
    return "".join(f"[U+{ord(char):04X}]" if is_hidden(char) else char for char in text)


def hidden_codes(text: str) -> str:
    """Give the numbers of the hidden characters, each once: `U+202E, U+0000`."""
    return ", ".join(dict.fromkeys(f"U+{ord(char):04X}" for char in text if is_hidden(char)))
