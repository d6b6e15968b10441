"""Our measures are those of the reference implementation on conversations that it analysed itself."""

import csv
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.opinion_map import map_opinions
from analysis.opinion_statistics import (
    AGAINST,
    FOR,
    difference_z,
    group_aware_consensus,
    share_z,
    smoothed_share,
)
from analysis.opinion_votes import Vote, VoteTable, vote_table

DATA = Path(os.environ.get("PALABRE_DATA") or Path(__file__).parents[4] / "shared" / "data")
REFERENCE = DATA / "votes" / "polis_reference"
NAMES = ("25ptpt-3gp-no-strict-with-meta", "50ptpt-3gp-strict-no-meta", "below-100-ptpts")
UP_TO_DATE = ("25ptpt-3gp-no-strict-with-meta", "below-100-ptpts")
"""Conversations whose axes were computed after the last vote."""

pytestmark = pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference conversations are not on this machine")


@dataclass(frozen=True)
class Conversation:
    """Votes, and what the reference found in them."""

    table: VoteTable
    found: dict[str, Any]

    def place(self, statement: int) -> int:
        return self.table.statements.index(str(statement))

    def counts(self) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
        """Votes by its groups."""
        members = dict(zip(self.found["base-clusters"]["id"], self.found["base-clusters"]["members"], strict=True))
        group_of = {
            str(person): group["id"]
            for group in self.found["group-clusters"]
            for base in group["members"]
            for person in members[base]
        }
        labels = np.array([group_of.get(person, -1) for person in self.table.people])
        return self.table.counts(labels, len(self.found["group-clusters"]))


def conversation(name: str) -> Conversation:
    with (REFERENCE / name / "votes_long.csv").open(encoding="utf-8") as file:
        votes: list[Vote] = [(r["participant"], r["comment_id"], int(r["vote"])) for r in csv.DictReader(file)]
    return Conversation(vote_table(votes), json.loads((REFERENCE / name / "math-pca2.json").read_text("utf-8")))


@pytest.mark.parametrize("name", UP_TO_DATE)
def test_the_axes_of_the_map_are_the_same(name: str) -> None:
    reference = conversation(name)
    moderated = {str(statement) for statement in reference.found["mod-out"]}
    table = reference.table
    kept = np.array([statement not in moderated for statement in table.statements])
    silenced = VoteTable(
        table.people, table.statements, table.rows, table.columns, np.where(kept[table.columns], table.values, 0)
    )
    ours = map_opinions(silenced)
    for axis, theirs in enumerate(reference.found["pca"]["comps"]):
        mine = np.array([ours.axes[reference.place(tid), axis] for tid in reference.found["tids"]])
        assert abs(float(mine @ np.array(theirs))) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_group_aware_consensus_is_the_same(name: str) -> None:
    reference = conversation(name)
    ours = group_aware_consensus(reference.counts(), 1)
    for statement, theirs in reference.found["group-aware-consensus"].items():
        assert ours[reference.place(statement)] == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_measures_of_representative_statements_are_the_same(name: str) -> None:
    reference = conversation(name)
    counts = reference.counts()
    votes = counts.sum(axis=2)
    others = votes.sum(axis=0) - votes
    told = [(int(group), item) for group, items in reference.found["repness"].items() for item in items]
    assert len(told) >= 10
    for group, item in told:
        successes = counts[..., FOR if item["repful-for"] == "agree" else AGAINST]
        elsewhere = successes.sum(axis=0) - successes
        place = group, reference.place(item["tid"])
        assert (successes[place], votes[place]) == (item["n-success"], item["n-trials"])
        assert smoothed_share(successes, votes)[place] == pytest.approx(item["p-success"], abs=1e-9)
        assert share_z(successes, votes)[place] == pytest.approx(item["p-test"], abs=1e-6)
        ratio = smoothed_share(successes, votes) / smoothed_share(elsewhere, others)
        assert ratio[place] == pytest.approx(item["repness"], abs=1e-9)
        z = difference_z(successes, elsewhere, votes, others)
        assert z[place] == pytest.approx(item["repness-test"], abs=1e-5)
