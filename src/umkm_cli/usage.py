"""Usage errors in Indonesian, as a sentence; typer prints them in English, in a box."""

from __future__ import annotations

from typing import Any

import typer

#: The base class of usage errors, which typer does not export; BadParameter is one of its subclasses.
UsageError: Any = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "UsageError")


def is_call_for_help(error: Any) -> bool:
    """Return whether only the name of a command group was typed, which prints its help."""
    return type(error).__name__ == "NoArgsIsHelpError"


def explain(error: Any) -> str:
    """Return a usage error as a sentence that says what to do."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "umkm"
    return f"{_what(error)} Lihat caranya: {command} --help"


def _what(error: Any) -> str:
    param = getattr(error, "param", None)
    help_text = getattr(param, "help", None) or ""
    messages = {
        "MissingParameter": f"{_name(param)} belum ditulis. {help_text}",
        "BadParameter": f"{_name(param)} tidak bisa dipakai begitu. {help_text}",
        "BadOptionUsage": f"Pilihan {getattr(error, 'option_name', '')} belum lengkap.",
        "NoSuchOption": f"Pilihan {getattr(error, 'option_name', '')} tidak ada.",
    }
    known = messages.get(type(error).__name__)
    if known is not None:
        return known.strip()
    words = error.format_message()
    if words.startswith("No such command"):
        return f"Perintah {_bare(words.split()[3])} tidak ada."
    return "Perintahnya tidak bisa dibaca: ada kata yang berlebih atau kurang."


def _bare(word: str) -> str:
    return word.strip("'.")


def _name(param: Any) -> str:
    if param is None:
        return "isian"
    is_option = param.param_type_name == "option"
    return f"Pilihan {param.opts[0]}" if is_option else str(param.metavar or param.name)
