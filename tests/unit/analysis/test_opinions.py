"""Groups of opinion are found when they are there, not when they are not, and told in plain French."""

import numpy as np
import pytest

from analysis.opinion_report import report
from analysis.opinion_standing import where_do_i_stand
from analysis.opinion_views import Opinions, Verdict
from analysis.opinion_votes import BadVote, CannotStudy, Vote
from analysis.opinions import study_opinions

STATEMENTS = [f"a{number}" for number in range(14)]
TEXTS = {"a0": "Le bus doit être gratuit", "a12": "Il faut un jardin", "a13": "La mairie « écoute »"}


def camps(sizes: list[int], *, seed: int = 0, seen: float = 0.8) -> tuple[list[Vote], dict[str, int]]:
    """Votes of camps that disagree on most statements, all for the last but one, half passing on the last; the camp of
    each person."""
    rng = np.random.default_rng(seed)
    leanings = rng.permuted(np.repeat([[0.1, 0.9]], 6, axis=0), axis=1)
    chances = np.vstack(
        [
            leanings[:, [camp % 2]] if len(sizes) == 2 else rng.choice([0.1, 0.9], 6)[:, None]
            for camp in range(len(sizes))
        ]
    ).reshape(len(sizes), 6)
    votes: list[Vote] = []
    camp_of: dict[str, int] = {}
    for camp, size in enumerate(sizes):
        for member in range(size):
            person = f"p{camp}-{member}"
            camp_of[person] = camp
            for place, statement in enumerate(STATEMENTS):
                if rng.random() < seen:
                    votes.append((person, statement, _vote(rng, place, chances[camp])))
    return votes, camp_of


def _vote(rng: np.random.Generator, place: int, chances: np.ndarray[tuple[int], np.dtype[np.float64]]) -> int:
    if place == 12:
        return 1 if rng.random() < 0.95 else -1
    if place == 13:
        return 0 if rng.random() < 0.6 else 1
    return 1 if rng.random() < chances[place % 6] else -1


def noise(people: int, *, seed: int) -> list[Vote]:
    """Votes that have nothing to do with one another, more or less popular statements, and some passing."""
    rng = np.random.default_rng(seed)
    popular = rng.uniform(0.2, 0.9, len(STATEMENTS))
    return [
        (f"p{person}", statement, 0 if rng.random() < 0.1 else 1 if rng.random() < popular[place] else -1)
        for person in range(people)
        for place, statement in enumerate(STATEMENTS)
    ]


def agreement(opinions: Opinions, camp_of: dict[str, int]) -> float:
    """Share of people whose group holds mostly people of their camp."""
    pairs = [
        (label, camp_of[person])
        for person, label in zip(opinions.people, opinions.labels, strict=True)
        if label is not None
    ]
    groups = {label: [camp for other, camp in pairs if other == label] for label, _ in pairs}
    return sum(max(map(members.count, set(members))) for members in groups.values()) / len(pairs)


@pytest.mark.parametrize("sizes", [[30, 20], [12, 12], [300, 40]])
def test_two_camps_are_found_with_their_people(sizes: list[int]) -> None:
    votes, camp_of = camps(sizes)
    opinions = study_opinions(votes)
    assert len(opinions.groups) == 2
    assert agreement(opinions, camp_of) >= 0.95
    assert [group.name for group in opinions.groups] == ["A", "B"]
    assert opinions.groups[0].size >= opinions.groups[1].size


def test_three_camps_are_three_groups() -> None:
    votes, camp_of = camps([40, 40, 40], seed=2)
    opinions = study_opinions(votes)
    assert len(opinions.groups) == 3
    assert agreement(opinions, camp_of) >= 0.95


def test_two_camps_are_found_when_half_of_the_votes_are_missing() -> None:
    votes, camp_of = camps([60, 60], seen=0.5)
    assert agreement(study_opinions(votes), camp_of) >= 0.95


@pytest.mark.parametrize("people", [25, 60, 200])
def test_no_group_is_shown_when_votes_have_nothing_to_do_with_one_another(people: int) -> None:
    verdicts = [study_opinions(noise(people, seed=seed)).verdict for seed in range(8)]
    assert verdicts == [Verdict.NONE] * 8


def test_the_habit_of_passing_does_not_make_a_group() -> None:
    rng = np.random.default_rng(5)
    shy = {f"p{person}" for person in range(50)}
    votes = [(p, s, 0 if p in shy and rng.random() < 0.7 else vote) for p, s, vote in noise(100, seed=1)]
    assert study_opinions(votes).verdict is Verdict.NONE


def test_a_continuum_is_not_cut_in_many_groups() -> None:
    rng = np.random.default_rng(3)
    votes = []
    for person in range(250):
        place = rng.normal()
        for number, statement in enumerate(STATEMENTS):
            sign = 1 if number % 2 else -1
            votes.append((f"p{person}", statement, 1 if rng.random() < 1 / (1 + np.exp(-2 * sign * place)) else -1))
    opinions = study_opinions(votes)
    assert len(opinions.groups) == 2
    assert "Les frontières sont floues" in opinions.sentences[1]


def test_twelve_people_are_too_few_to_speak_of_groups() -> None:
    votes, _ = camps([6, 6])
    opinions = study_opinions(votes)
    assert (opinions.verdict, opinions.groups, set(opinions.labels)) == (Verdict.TOO_FEW, (), {None})
    assert opinions.sentences[1] == (
        "Il y a trop peu de votes pour parler de groupes : "
        "il faut 20 personnes qui aient voté chacune sur 7 affirmations au moins."
    )
    assert where_do_i_stand(opinions, {STATEMENTS[0]: 1}).sentence.startswith("Il y a trop peu de votes")


def test_two_camps_on_six_statements_are_seen_although_everybody_leaves_some_out() -> None:
    rng = np.random.default_rng(4)
    votes = [
        (f"p{person}", f"s{place}", 1 if (place % 2 == person % 2) == (rng.random() < 0.95) else -1)
        for person in range(40)
        for place in rng.permutation(6)[:5]
    ]
    opinions = study_opinions(votes)
    assert opinions.verdict is Verdict.GROUPS
    assert [group.size for group in opinions.groups] == [20, 20]


def test_groups_forced_on_noise_are_said_to_say_nothing_of_their_own() -> None:
    """Groups are made of the votes: testing them on the same votes would find differences everywhere."""
    said = [study_opinions(noise(120, seed=seed), groups=2) for seed in range(6)]
    assert sum(len(group.contrasts) for opinions in said for group in opinions.groups) <= 1
    assert all(len(opinions.groups) == 2 for opinions in said)


def test_what_camps_say_differently_what_unites_and_what_puzzles_is_told_in_french() -> None:
    votes, _ = camps([40, 30], seen=1)
    opinions = study_opinions(votes, texts=TEXTS)
    united = {opinions.statements[item.statement].statement for item in opinions.consensus}
    puzzling = {opinions.statements[place].statement for place in opinions.puzzling}
    assert ("a12" in united, puzzling) == (True, {"a13"})
    assert opinions.sentences[0] == "70 personnes ont voté sur 14 affirmations, soit 980 votes."
    assert opinions.sentences[1].startswith(
        f"Les votes dessinent deux groupes d’opinion (groupe A : {opinions.groups[0].size} personnes, "
        f"groupe B : {opinions.groups[1].size} personnes). Presque tout le monde"
    )
    assert any(
        s.startswith("« Il faut un jardin » est approuvé par la majorité de chaque groupe") for s in opinions.sentences
    )
    assert any(s.startswith("« La mairie “écoute” » laisse dans le doute") for s in opinions.sentences)
    assert any(s.startswith("Le groupe A est plutôt ") for s in opinions.sentences)


def test_no_figure_of_fewer_than_ten_votes_of_a_group_is_given() -> None:
    votes, camp_of = camps([40, 12], seen=1)
    rare = [(p, "rare", 1) for p, camp in camp_of.items() if camp == 0]
    rare += [(p, "rare", -1) for p in camp_of if camp_of[p]][:6]
    opinions = study_opinions([*votes, *rare])
    leans = next(view.leans for view in opinions.statements if view.statement == "rare")
    assert leans == (1.0, None)
    place = next(n for n, view in enumerate(opinions.statements) if view.statement == "rare")
    assert all(contrast.statement != place for group in opinions.groups for contrast in group.contrasts)


def test_the_same_votes_and_seed_give_the_same_result() -> None:
    votes, _ = camps([30, 30])
    first, second = (report(study_opinions(votes, seed=3), TEXTS) for _ in range(2))
    assert {**first, "seconds": 0} == {**second, "seconds": 0}


def test_the_last_vote_of_a_person_on_a_statement_counts() -> None:
    opinions = study_opinions([("Amina", "a", 1), ("Amina", "a", -1)])
    assert (opinions.votes, opinions.statements[0].disagree) == (1, 1.0)


def test_a_value_that_is_not_a_vote_is_refused() -> None:
    with pytest.raises(BadVote, match="« 3 » n’en est pas un"):
        study_opinions([("Amina", "a", 3)])


def test_no_vote_at_all_is_refused() -> None:
    with pytest.raises(CannotStudy, match="aucun vote"):
        study_opinions([])


@pytest.mark.parametrize(("people", "wanted"), [(60, 1), (60, 6), (25, 3), (12, 2)])
def test_a_number_of_groups_that_cannot_be_is_refused(people: int, wanted: int) -> None:
    with pytest.raises(CannotStudy, match="groupes"):
        study_opinions(noise(people, seed=0), groups=wanted)


@pytest.mark.parametrize("vote", [-1, 0, 1])
def test_a_room_that_votes_as_one_shows_no_group(vote: int) -> None:
    opinions = study_opinions([(f"p{n}", s, vote) for n in range(40) for s in STATEMENTS])
    assert opinions.verdict is Verdict.NONE


def test_one_statement_is_studied_without_groups() -> None:
    opinions = study_opinions([(f"p{n}", "a", 1) for n in range(30)])
    assert (opinions.verdict, opinions.positions.shape) == (Verdict.TOO_FEW, (30, 2))
    assert opinions.sentences[2] == "L’affirmation a est approuvée par 100 % des votants."


def test_who_voted_like_a_group_is_told_so_and_nothing_of_anybody_else() -> None:
    votes, camp_of = camps([40, 30], seen=1)
    opinions = study_opinions(votes)
    for person, group in (("p0-0", "A"), ("p1-0", "B")):
        standing = where_do_i_stand(opinions, {s: v for p, s, v in votes if p == person})
        assert standing.sentence.startswith(f"Vos votes ressemblent à ceux du groupe {group}.")
        assert standing.alike > standing.compared / 2 > 0
        assert not any(other in standing.sentence for other in camp_of)


def test_who_voted_too_little_is_asked_for_more() -> None:
    votes, _ = camps([40, 30])
    standing = where_do_i_stand(study_opinions(votes), {"a0": 1, "unknown": 1})
    assert standing.sentence == "Votez encore sur 6 affirmations pour savoir où vous vous situez."


def test_nobody_is_placed_where_there_are_no_groups() -> None:
    standing = where_do_i_stand(study_opinions(noise(60, seed=0)), dict.fromkeys(STATEMENTS, 1))
    assert standing.chances == ()
