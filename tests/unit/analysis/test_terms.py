"""Terms are counted once a text, expressions whole, the question's words left out."""

from analysis.terms import count_terms

TEXTS = [
    "Plus de transports en commun le soir",
    "des transports en commun gratuits",
    "Transport en commun : trop cher, trop cher, trop cher",
    "Le pouvoir d’achat baisse",
    "augmenter le pouvoir d'achat des familles",
    "Le Pouvoir d'achat, et les écoles",
    "une ecole pour tous, l'école ouverte",
    "Ouvrir les écoles le soir",
]


def test_expressions_come_out_whole_and_naturally_written() -> None:
    found = {term.surface: term.count for term in count_terms(TEXTS) if term.expression}
    assert found == {"transports en commun": 3, "pouvoir d'achat": 3}


def test_a_text_counts_once_and_rows_say_which() -> None:
    school = next(term for term in count_terms(TEXTS) if term.key == "école")
    assert (school.surface, school.count, school.rows) == ("école", 3, (5, 6, 7))


def test_the_words_of_the_question_and_of_the_stop_list_are_left_out() -> None:
    left = {t.surface for t in count_terms(TEXTS, question="Quelle école ?", stop=["transports en commun"])}
    assert {"écoles", "transports en commun"} & left == set()


def test_the_order_of_the_texts_does_not_change_the_counts() -> None:
    here = [(t.key, t.surface, t.count) for t in count_terms(TEXTS)]
    assert here == [(t.key, t.surface, t.count) for t in count_terms(TEXTS[::-1])]


def test_no_text_gives_no_term() -> None:
    assert count_terms([]) == () == count_terms(["", "😀", "12"])
