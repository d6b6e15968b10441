"""The map of the ideas for the review page: two points near each other are two ideas alike."""

from i18n import Voice
from participation.actions.viewing import board
from participation.model.text import calm
from participation.ports import Transaction

LONGEST = 140


def map_of(tx: Transaction, activity_id: int, voice: Voice) -> dict[str, object]:
    """Each visible idea that has a place, with its theme; a name for each theme, in the middle of its ideas."""
    whole = board(tx, activity_id)
    places = whole.findings.places
    points = [
        {"id": idea.id, "text": _short(idea.text), "at": places[idea.id], "position": position}
        for position, ideas in [*((v.theme.position, v.ideas) for v in whole.themes), (None, whole.loose)]
        for idea in ideas
        if idea.id in places
    ]
    names = [
        {"label": calm(view.theme.label), "position": view.theme.position, "at": _middle(inside)}
        for view in whole.themes
        if (inside := [places[idea.id] for idea in view.ideas if idea.id in places])
    ]
    return {"points": points, "names": names, "empty": "" if points else voice("web-map-empty")}


def _middle(inside: list[tuple[float, float]]) -> tuple[float, float]:
    """The place of the idea nearest to the others' average: a name never stands where nothing is."""
    x, y = (sum(axis) / len(inside) for axis in zip(*inside, strict=True))
    return min(inside, key=lambda place: (place[0] - x) ** 2 + (place[1] - y) ** 2)


def _short(text: str) -> str:
    plain = calm(" ".join(text.split()))
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1].rstrip()}…"
