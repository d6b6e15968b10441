"""Measure opinion groups: against an outside variable, on rooms without groups, on the reference, at scale, beside peers.

Run `python -m benchmarks.opinions` from the project's root; reads `votes/` and `chatbot_consultation/` (see PALABRE_DATA).
red-dwarf, which is not one of our dependencies, takes part when it can be imported.
"""

import csv
import os
import resource
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.metrics import normalized_mutual_info_score, silhouette_score

from analysis.opinion_map import map_opinions
from analysis.opinion_views import Verdict
from analysis.opinion_votes import Vote, vote_table
from analysis.opinions import study_opinions

DATA = Path(os.environ.get("PALABRE_DATA") or Path(__file__).parents[2] / "shared" / "data")
Labels = dict[str, int]
SIZES = (25, 50, 100)
DRAWS = 20


def read_votes(folder: Path) -> list[Vote]:
    with (folder / "votes_long.csv").open(encoding="utf-8") as file:
        return [(row["participant"], row["comment_id"], int(float(row["vote"]))) for row in csv.DictReader(file)]


def by_us(votes: Sequence[Vote]) -> Labels:
    found = study_opinions(votes)
    return {p: label for p, label in zip(found.people, found.labels, strict=True) if label is not None}


def by_us_forced(number: int) -> Callable[[Sequence[Vote]], Labels]:
    def study(votes: Sequence[Vote]) -> Labels:
        found = study_opinions(votes, groups=number)
        return {p: label for p, label in zip(found.people, found.labels, strict=True) if label is not None}

    return study


def by_polis_recipe(votes: Sequence[Vote]) -> Labels:
    """Two principal components, k-means, the number of groups from 2 to 5 by silhouette: groups are always found."""
    table = vote_table(votes)
    places = map_opinions(table).positions[table.placeable]
    people = [person for person, placed in zip(table.people, table.placeable, strict=True) if placed]
    tries = [KMeans(k, n_init=10, random_state=0).fit_predict(places) for k in range(2, min(6, len(people)))]
    best = max(tries, key=lambda labels: silhouette_score(places, labels, sample_size=2000, random_state=0))
    return dict(zip(people, best.tolist(), strict=True))


def by_red_dwarf(votes: Sequence[Vote]) -> Labels:
    from reddwarf.implementations.base import run_pipeline  # type: ignore[import-not-found] # a peer, not a dependency

    people = {name: number for number, name in enumerate(dict.fromkeys(p for p, _, _ in votes))}
    statements = {name: number for number, name in enumerate(dict.fromkeys(s for _, s, _ in votes))}
    rows = [
        {"participant_id": people[p], "statement_id": statements[s], "vote": v, "modified": n}
        for n, (p, s, v) in enumerate(votes)
    ]
    found = run_pipeline(votes=rows, random_state=0).participants_df["cluster_id"].dropna()
    return {name: int(found[number]) for name, number in people.items() if number in found.index}


def outside_variable() -> None:
    """Do groups found on the opinions foretell who supports the protest movement, which no statement asks about?"""
    folder = DATA / "chatbot_consultation"
    votes = read_votes(folder)
    with (folder / "users.csv").open(encoding="utf-8") as file:
        told = {row["participant"]: row["position_gj"] for row in csv.DictReader(file) if row["position_gj"] != "?"}
    print(f"\nposition_gj : {len(told)} personnes l’ont dite")
    methods: list[tuple[str, Callable[[Sequence[Vote]], Labels]]] = [
        ("nous", by_us),
        ("nous, 3 groupes", by_us_forced(3)),
        ("recette Polis", by_polis_recipe),
    ]
    if has_red_dwarf():
        methods.append(("red-dwarf", by_red_dwarf))
    for name, method in methods:
        started = process_time()
        labels = method(votes)
        seconds = process_time() - started
        people = [person for person in labels if person in told]
        mine = np.array([labels[person] for person in people])
        supports = np.array([told[person] != "Ne soutient pas" for person in people])
        shares = [f"{supports[mine == g].mean():.0%} de {int((mine == g).sum())}" for g in np.unique(mine)]
        print(
            f"{name:16} {len(np.unique(mine))} groupes   NMI {normalized_mutual_info_score(supports, mine):.3f}   "
            f"devine juste {guessed(supports, mine):.1%} (sans groupe {max(supports.mean(), 1 - supports.mean()):.1%})   "
            f"soutien : {', '.join(shares)}   {seconds:.1f} s"
        )


def guessed(truth: NDArray[np.bool_], labels: NDArray[np.int64]) -> float:
    """Share of people guessed right by the majority of their group."""
    right = sum(max(truth[labels == g].sum(), (~truth[labels == g]).sum()) for g in np.unique(labels))
    return float(right / len(truth))


def has_red_dwarf() -> bool:
    try:
        import reddwarf  # type: ignore[import-not-found] # noqa: F401 # a peer, not a dependency
    except ImportError:
        print("red-dwarf n’est pas installé : il ne participe pas")
        return False
    return True


def drawn(votes: Sequence[Vote], size: int, rng: np.random.Generator) -> list[Vote]:
    """The votes of some of the people who voted seven times or more."""
    people, counts = np.unique([person for person, _, _ in votes], return_counts=True)
    kept = set(rng.choice(people[counts >= 7], size, replace=False).tolist())
    return [vote for vote in votes if vote[0] in kept]


def shuffled(votes: Sequence[Vote], rng: np.random.Generator) -> list[Vote]:
    """The same votes dealt again inside each statement: as popular as before, and no opinion holds another."""
    table = vote_table(votes)
    order = np.lexsort((rng.random(len(table.values)), table.columns))
    values = np.empty_like(table.values)
    values[np.argsort(table.columns, kind="stable")] = table.values[order]
    return [
        (table.people[row], table.statements[column], int(value))
        for row, column, value in zip(table.rows, table.columns, values, strict=True)
    ]


def small_rooms() -> None:
    """How often groups are shown in a small room that has some, and in one that has none."""
    votes = read_votes(DATA / "votes" / "polis" / "vtaiwan.uberx")
    print("\nsalles tirées d’une grande conversation : part où des groupes sont montrés (les nôtres)")
    for size in SIZES:
        rng = np.random.default_rng(size)
        real, dealt = [], []
        for _ in range(DRAWS):
            room = drawn(votes, size, rng)
            real.append(study_opinions(room).verdict is Verdict.GROUPS)
            dealt.append(study_opinions(shuffled(room, rng)).verdict is Verdict.GROUPS)
        print(f"{size:4} personnes : vrais votes {np.mean(real):.0%}, votes mélangés {np.mean(dealt):.0%}")


def conversations() -> None:
    """Every conversation at hand."""
    print("\nconversations")
    for folder in sorted([*(DATA / "votes" / "polis_reference").iterdir(), *(DATA / "votes" / "polis").iterdir()]):
        if (folder / "votes_long.csv").is_file():
            votes = read_votes(folder)
            started = process_time()
            found = study_opinions(votes)
            told = "  ".join(f"{f.number}: {f.gain * 1000:.0f} ({f.sureness:.1f})" for f in found.foretellings)
            print(
                f"{folder.name[:34]:34} {len(found.people):5} × {len(found.statements):4}   {found.verdict:8} "
                f"{[group.size for group in found.groups]}   entre {found.between:.0%}   "
                f"millinats par vote (erreurs types) {told}   {process_time() - started:.1f} s"
            )


def scale() -> None:
    """Two camps on a hundred statements, fifty votes a person."""
    print("\néchelle")
    for people in (10, 1_000, 10_000, 100_000):
        rng = np.random.default_rng(people)
        leanings = rng.choice([0.2, 0.8], (2, 100))
        camp = rng.integers(0, 2, people)
        votes: list[Vote] = []
        for person in range(people):
            for statement in rng.choice(100, 50, replace=False):
                sign = 1 if rng.random() < leanings[camp[person], statement] else -1
                votes.append((f"p{person}", f"s{statement}", sign))
        started, wall = process_time(), perf_counter()
        found = study_opinions(votes)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(
            f"{people:7} personnes : {process_time() - started:6.1f} s CPU, {perf_counter() - wall:6.1f} s, "
            f"{found.verdict}, {memory:.1f} Go au plus dans ce processus, votes compris"
        )


def main() -> int:
    if not DATA.is_dir():
        print("les données ne sont pas sur cette machine", file=sys.stderr)
        return 2
    outside_variable()
    small_rooms()
    conversations()
    scale()
    return 0


if __name__ == "__main__":
    sys.exit(main())
