"""Claims about the material of the simulated workshop."""

from collections import Counter
from random import Random

import pytest

from rehearsal.scenario import Idea, load_scenario
from rehearsal.scenario.behaviour import draw_from, read_behaviour, rewrite
from rehearsal.scenario.ideas import REGISTERS
from rehearsal.scenario.matching import fold, hits

SCENARIO = load_scenario()


def test_there_are_at_least_320_ideas_and_no_two_are_the_same() -> None:
    folded = [idea.text if idea.register == "arabic" else fold(idea.text) for idea in SCENARIO.ideas]
    assert len(folded) >= 320
    assert [text for text, count in Counter(folded).items() if count > 1] == []


def test_each_of_the_three_themes_holds_about_a_third_of_the_ideas() -> None:
    shares = [len(theme.ideas) / len(SCENARIO.ideas) for theme in SCENARIO.themes]
    assert [theme.key for theme in SCENARIO.themes] == ["education", "training", "employment"]
    assert min(shares) > 0.28
    assert max(shares) < 0.38


def test_topics_are_18_to_28_and_each_has_enough_ideas_to_be_found() -> None:
    sizes = Counter(idea.topic for idea in SCENARIO.ideas)
    assert 18 <= len(sizes) <= 28
    assert [topic for topic, size in sizes.items() if size < 8] == []


def test_every_register_is_spoken_and_none_covers_the_others() -> None:
    counts = Counter(idea.register for idea in SCENARIO.ideas)
    assert counts.keys() == REGISTERS
    assert counts["creole"] >= 8
    assert counts["arabic"] >= 4
    assert max(counts.values()) < len(SCENARIO.ideas) / 2


def test_no_template_is_at_work_the_openings_of_ideas_are_varied() -> None:
    openings = Counter(" ".join(fold(idea.text).split()[:2]) for idea in SCENARIO.ideas)
    assert openings.most_common(1)[0][1] <= 8


def test_arabic_ideas_are_in_arabic_script_and_capitals_are_capitals() -> None:
    for idea in SCENARIO.ideas:
        if idea.register == "arabic":
            assert all("؀" <= letter <= "ۿ" for letter in idea.text if letter.isalpha())
        if idea.register == "capitals":
            assert idea.text == idea.text.upper()


def test_an_idea_in_an_unknown_register_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown register 'slang'"):
        Idea("wesh", "education", "homework", "slang")


@pytest.mark.parametrize("theme", SCENARIO.themes, ids=lambda theme: theme.key)
def test_the_question_of_a_theme_draws_the_ideas_of_that_theme(theme) -> None:  # type: ignore[no-untyped-def] # pytest fills it
    assert SCENARIO.ideas_for(theme.question) == theme.ideas


def test_a_question_on_nothing_known_draws_all_the_ideas() -> None:
    assert SCENARIO.ideas_for("Quel nom donner à la place ?") == SCENARIO.ideas


def test_words_follow_the_question() -> None:
    asked = ["L’école, en un mot ?", "Chercher un emploi, c’est…", "Votre quartier en trois mots ?"]
    assert [SCENARIO.words_for(question).key for question in asked] == ["school", "work", "anything"]


def test_there_are_more_than_80_words_and_their_frequencies_are_unequal() -> None:
    assert len({word for group in SCENARIO.words for word in group.frequencies}) >= 80
    for group in SCENARIO.words:
        ranked = sorted(group.frequencies.values(), reverse=True)
        assert ranked[0] >= 3 * ranked[len(ranked) // 2]


def test_words_drawn_for_one_person_are_all_different() -> None:
    words = SCENARIO.words[0].draw(1000, Random(1))
    assert sorted(words) == sorted(SCENARIO.words[0].frequencies)


def test_120_first_names_and_no_two_are_the_same() -> None:
    assert len(set(SCENARIO.names)) == len(SCENARIO.names) == 120


def test_a_keyword_is_met_at_the_beginning_of_a_word_whatever_the_accents() -> None:
    assert hits(["école"], "Nos ECOLES, demain") == 1
    assert hits(["emploi"], "le réemploi des meubles") == 0
    assert hits(["garde d"], "La garde d’enfants") == 1


def test_known_options_are_preferred_and_every_option_gets_votes() -> None:
    options = ["Emploi", "Culture", "Sans avis"]
    first = Counter(SCENARIO.leanings.choose(options, 1, Random(seed))[0] for seed in range(600))
    assert [place for place, _ in first.most_common()] == [0, 1, 2]


def test_unknown_options_get_the_same_weights_in_every_run() -> None:
    leanings = SCENARIO.leanings
    assert leanings.weigh(["Rouge", "Vert"]) == leanings.weigh(["Rouge", "Vert"])
    assert len(set(leanings.weigh([f"Proposition {letter}" for letter in "ABCDEFGH"]))) == 8


def test_choosing_more_options_than_there_are_gives_each_once() -> None:
    assert sorted(SCENARIO.leanings.choose(["A", "B", "C"], 9, Random(3))) == [0, 1, 2]


def test_delays_are_human_half_are_under_the_median_and_none_above_the_longest() -> None:
    pace = SCENARIO.behaviour.choosing
    rng = Random(5)
    drawn = sorted(pace.draw(rng) for _ in range(2000))
    assert drawn[1000] == pytest.approx(pace.median, rel=0.1)
    assert drawn[-1] <= pace.longest


def test_each_pen_writes_the_same_sentence_in_its_own_hand() -> None:
    written = {pen: rewrite("L'été, une crèche ouverte.", pen) for pen in SCENARIO.behaviour.pens}
    assert written == {
        "gist": "une crèche ouverte",
        "lower": "l'été, une crèche ouverte",
        "without_accents": "L'ete, une creche ouverte.",
        "shouting": "L'ÉTÉ, UNE CRÈCHE OUVERTE !!",
        "hurried": "l ete une creche ouverte",
    }


def test_tables_of_shares_add_up_to_one() -> None:
    behaviour = SCENARIO.behaviour
    for table in (behaviour.multiple_presses, behaviour.ideas_each, behaviour.words_each, behaviour.pens):
        assert sum(table.values()) == pytest.approx(1)
        assert draw_from(table, Random(0)) in table


def test_a_missing_line_of_behaviour_is_refused_by_its_name() -> None:
    with pytest.raises(TypeError, match="silent_share"):
        read_behaviour({"late_share": 0.1})
