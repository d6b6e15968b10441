"""Themes are found, named, judged and told in a sentence; every idea goes somewhere."""

import json
import pickle
from dataclasses import replace

import pytest

from analysis.encoders import NoEncoder
from analysis.themes import find_themes


def test_ideas_on_the_same_subject_share_a_theme(ideas: list[str]) -> None:
    found = find_themes(ideas, encoder=NoEncoder(), k=4)
    themes = [found.assignments[start : start + 10] for start in range(0, 40, 10)]
    alike = sum(max(theme.count(t) for t in set(theme)) for theme in themes)
    assert (len(found.themes), alike >= 34, len({max(set(t), key=t.count) for t in themes})) == (4, True, 4)


def test_the_sentence_encoder_reads_subjects_without_common_words() -> None:
    texts = ["Plus de médecins", "Un hôpital plus proche", "Soigner les malades", "Des infirmières à domicile",
             "Une maison de santé", "Développer le train", "Un bus de nuit", "Des pistes cyclables",
             "Moins de voitures", "Un tramway jusqu'à la gare"]  # fmt: skip
    found = find_themes(texts, k=2)
    assert len(set(found.assignments[:5])) == 1
    assert len(set(found.assignments[5:])) == 1


def test_every_row_is_in_a_theme_an_orphan_or_set_aside(ideas: list[str]) -> None:
    texts = ["RAS", *ideas, "", "je ne sais pas"]
    found = find_themes(texts, encoder=NoEncoder())
    lost = [r for r in range(43) if found.assignments[r] is None and r not in (*found.orphans, *found.set_aside)]
    assert (found.set_aside, lost) == ((0, 41, 42), [])


def test_sizes_quotes_and_assignments_agree(ideas: list[str]) -> None:
    found = find_themes(ideas, encoder=NoEncoder())
    assert [theme.size for theme in found.themes] == [found.assignments.count(t.id) for t in found.themes]
    assert all(found.assignments[row] == t.id for t in found.themes for row in (*t.quotes, *t.dissent))


def test_the_same_call_gives_the_same_result(ideas: list[str]) -> None:
    one, other = (find_themes(ideas, encoder=NoEncoder(), seed=3) for _ in range(2))
    assert replace(one, seconds=0) == replace(other, seconds=0)


def test_under_eight_ideas_there_is_no_theme(ideas: list[str]) -> None:
    found = find_themes([*ideas[:7], "RAS"], encoder=NoEncoder())
    assert (found.themes, found.orphans, found.set_aside) == ((), (0, 1, 2, 3, 4, 5, 6), (7,))
    assert found.sentence.startswith("Trop peu d’idées pour former des thèmes (7, il en faut 8)")


@pytest.mark.parametrize("texts", [[], [""] * 20, ["RAS"] * 9, ["👍"] * 9])
def test_texts_that_say_nothing_give_no_theme(texts: list[str]) -> None:
    found = find_themes(texts, encoder=NoEncoder())
    assert (found.themes, len(found.set_aside)) == ((), len(texts))


@pytest.mark.parametrize("k", [1, 2, 5, 9])
def test_the_number_of_themes_may_be_asked(ideas: list[str], k: int) -> None:
    assert len(find_themes(ideas, encoder=NoEncoder(), k=k).themes) == k


def test_a_number_of_themes_below_one_is_refused(ideas: list[str]) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        find_themes(ideas, k=0)


def test_labels_are_distinct_and_written_as_people_write(ideas: list[str]) -> None:
    labels = [theme.label for theme in find_themes(ideas, encoder=NoEncoder(), k=4).themes]
    assert len(set(labels)) == 4
    assert any("transports en commun" in label.lower() or "bus" in label.lower() for label in labels)


def test_forty_copies_of_one_idea_make_one_theme() -> None:
    found = find_themes(["Ouvrir une crèche dans le quartier"] * 40)
    assert (len(found.themes), found.coverage, len(found.duplicates)) == (1, 1.0, 39)


def test_a_second_idea_reads_its_vectors_from_the_cache(ideas: list[str]) -> None:
    cache: dict[str, bytes] = {}
    find_themes(ideas, cache=cache)
    before = set(cache)
    find_themes([*ideas, "Une salle de musique"], cache=cache)
    assert (len(before), len(set(cache) - before)) == (40, 1)


def test_the_result_crosses_a_process_and_becomes_json(ideas: list[str]) -> None:
    found = find_themes(ideas, encoder=NoEncoder())
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 — our own bytes
    written = json.loads(json.dumps(found.as_json()))
    assert written["assignments"] == list(found.assignments)
    assert written["sentence"] == found.sentence


def test_progress_ends_at_one_and_never_goes_back(ideas: list[str]) -> None:
    shares: list[float] = []
    find_themes(ideas, progress=lambda _step, share: shares.append(share))
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
