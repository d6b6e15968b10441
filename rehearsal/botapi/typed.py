"""How Telegram's application cuts a text too long for one message before it leaves the phone."""

from rehearsal.botapi.limits import TEXT_UNITS, utf16_length


def in_pieces(text: str) -> list[str]:
    """The trimmed text in pieces of at most 4096 UTF-16 units, cut at a space when there is one."""
    left, pieces = text.strip(), []
    while utf16_length(left) > TEXT_UNITS:
        head = _head(left)
        space = max(head.rfind(" "), head.rfind("\n"))
        cut = space if space > len(head) // 2 else len(head)
        pieces.append(left[:cut].rstrip())
        left = left[cut:].lstrip()
    return [*pieces, left] if left else pieces


def _head(text: str) -> str:
    """As many whole characters as fit in one message."""
    units = 0
    for index, character in enumerate(text):
        units += 2 if character > "\uffff" else 1
        if units > TEXT_UNITS:
            return text[:index]
    return text
