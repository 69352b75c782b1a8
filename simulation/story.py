"""What happened, line by line: the same for the same seed, and what a person reads when it fails."""


class Story:
    """Lines with their virtual time."""

    def __init__(self) -> None:
        self._lines: list[tuple[float, str, str]] = []

    def note(self, at: float, who: str, what: str) -> None:
        """Add a line."""
        self._lines.append((at, who, what))

    def text(self) -> str:
        """The whole story."""
        return "\n".join(f"{at:14.6f}  {who:<11}  {what}" for at, who, what in self._lines)
