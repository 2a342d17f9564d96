"""The root of every error the kit raises on purpose."""


class UmkmError(Exception):
    """Something the kit refuses; its text says what to do next."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    @property
    def for_people(self) -> str:
        """Return what a participant is told; the message itself, unless it speaks to staff."""
        return self.message


class InputError(UmkmError):
    """A form field that cannot be accepted; `message` is shown to the person as it stands."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class QuestionError(UmkmError):
    """A question or key that makes no sense; read by course authors and developers."""
