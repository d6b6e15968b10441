"""Where do I stand? One person's place among the groups, told to that person from their own votes alone."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from analysis.opinion_classes import belonging_of
from analysis.opinion_groups import fidelity_of
from analysis.opinion_views import CLEARLY, Opinions, Verdict
from analysis.opinion_votes import votes_needed


@dataclass(frozen=True)
class Standing:
    """`chances` of each group, empty when there are no groups or too few votes; `alike` of the `compared` statements on
    which the person votes like the majority of the likeliest group; a French sentence."""

    chances: tuple[float, ...]
    alike: int
    compared: int
    sentence: str


def where_do_i_stand(opinions: Opinions, votes: Mapping[str, int]) -> Standing:
    """Place one person by their own votes (statement to 1, 0 or -1).

    Nothing of anybody else can be read from the answer but what the result already tells of groups of ten people or
    more; statements on which the group cast fewer than ten votes are not compared. O(statements).
    """
    places = {view.statement: place for place, view in enumerate(opinions.statements)}
    cast = {places[statement]: vote for statement, vote in votes.items() if statement in places}
    if opinions.verdict is Verdict.TOO_FEW:
        return Standing((), 0, 0, "Il y a trop peu de votes pour parler de groupes : personne n’est rangé nulle part.")
    if opinions.verdict is not Verdict.GROUPS:
        return Standing(
            (), 0, 0, "Il n’y a pas de groupes d’opinion dans cet atelier : personne n’est rangé nulle part."
        )
    missing = votes_needed(len(places)) - len(cast)
    if missing > 0:
        more = "1 affirmation" if missing == 1 else f"{missing} affirmations"
        return Standing((), 0, 0, f"Votez encore sur {more} pour savoir où vous vous situez.")
    chances = belonging_of(_row(cast, 1, len(places)), _row(cast, 0, len(places)), opinions.support, opinions.weights)[
        0
    ]
    nearest = int(np.argmax(chances))
    leans = {place: lean for place in cast if (lean := opinions.statements[place].leans[nearest]) is not None}
    compared = [place for place, lean in leans.items() if lean and cast[place]]
    alike = sum(leans[place] * cast[place] > 0 for place in compared)
    votes_row = sparse.csr_array(_row(cast, 1, len(places)) * 2 - _row(cast, 0, len(places)))
    faithful = float(fidelity_of(votes_row, opinions.support, np.array([nearest]))[0]) >= CLEARLY
    sentence = _sentence([group.name for group in opinions.groups], chances.tolist(), faithful, alike, len(compared))
    return Standing(tuple(float(chance) for chance in chances), alike, len(compared), sentence)


def _row(cast: Mapping[int, int], floor: int, width: int) -> sparse.csr_array:
    """Ones where the vote is for (floor 1), or for or against (floor 0)."""
    kept = [place for place, vote in cast.items() if (vote == 1 if floor else vote != 0)]
    row = np.zeros((1, width))
    row[0, kept] = 1
    return sparse.csr_array(row)


def _sentence(names: list[str], chances: list[float], faithful: bool, alike: int, compared: int) -> str:
    first, second = sorted(range(len(names)), key=lambda place: -chances[place])[:2]
    if faithful:
        start = f"Vos votes ressemblent à ceux du groupe {names[first]}."
    else:
        start = f"Vous êtes entre le groupe {names[first]} et le groupe {names[second]}."
    if not compared:
        return start
    return f"{start} Vous votez comme la majorité du groupe {names[first]} {alike} fois sur {compared}."
