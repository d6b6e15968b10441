"""The cloud shows what the room said, the same way each time, and never what was hidden."""

from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from analysis.cloud import CannotDraw, Cloud, draw_cloud
from analysis.cloud_terms import CloudTerm
from analysis.terms import count_terms

ANSWERS = [
    "L'école du quartier",
    "des écoles ouvertes le soir",
    "Réparer les écoles",
    "Plus de transports en commun le soir",
    "transports en commun gratuits",
    "Les transports en commun vers l’hôpital",
    "des transports en commun, pas des voitures",
    "TRANSPORTS EN COMMUN !!!",
    "transports en commun la nuit",
    "RAS",
    "un jardin partagé",
]


def words_of(cloud: Cloud) -> set[str]:
    return {word.text for word in cloud.layout.words}


def opened(cloud: Cloud) -> Image.Image:
    return Image.open(BytesIO(cloud.image)).convert("RGB")


def test_one_word_per_lemma_in_its_commonest_form_with_accents_and_expressions_whole() -> None:
    cloud = draw_cloud(ANSWERS)
    assert cloud.lines[:3] == (
        "transports en commun : 6 réponses",
        "écoles : 3 réponses",
        "soir : 2 réponses",
    )


def test_the_same_arguments_give_the_same_bytes() -> None:
    assert draw_cloud(ANSWERS, seed=4) == draw_cloud(ANSWERS, seed=4)
    assert draw_cloud(ANSWERS, form="svg") == draw_cloud(ANSWERS, form="svg")


def test_texts_and_their_counted_terms_give_the_same_picture() -> None:
    assert draw_cloud(count_terms(ANSWERS)).image == draw_cloud(ANSWERS).image


def test_a_hidden_word_stays_hidden_with_its_plural_and_its_expressions() -> None:
    shown = draw_cloud(ANSWERS).layout
    cloud = draw_cloud(ANSWERS, hidden=("école", "Transports"), previous=shown)
    assert words_of(cloud) & {"école", "écoles", "transports en commun", "transports"} == set()
    assert not any("école" in line or "transport" in line for line in cloud.lines)


def test_a_word_of_the_stop_list_goes_and_its_expressions_stay() -> None:
    assert "transports en commun" in words_of(draw_cloud(ANSWERS, stop=("transports",)))
    assert "écoles" not in words_of(draw_cloud(ANSWERS, stop=("école",)))


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1350), (3840, 2160), (360, 640), (160, 160)])
def test_the_picture_has_the_size_asked_and_ink_in_it(size: tuple[int, int]) -> None:
    picture = opened(draw_cloud(ANSWERS, size=size))
    assert picture.size == size
    assert len(picture.getcolors(maxcolors=size[0] * size[1]) or ()) > 2


@pytest.mark.parametrize("size", [(0, 100), (159, 400), (99999, 400), (-3, 200)])
def test_an_impossible_size_is_refused_in_french(size: tuple[int, int]) -> None:
    with pytest.raises(CannotDraw, match="chaque côté doit compter entre"):
        draw_cloud(ANSWERS, size=size)


def test_an_unknown_form_is_refused_in_french() -> None:
    with pytest.raises(CannotDraw, match="Choisissez « png » ou « svg »"):
        draw_cloud(ANSWERS, form="gif")  # type: ignore[arg-type] # the point of the test


def test_an_emoji_breaks_nothing_and_the_word_beside_it_is_drawn() -> None:
    cloud = draw_cloud(["vélo 🚲🚲", "vélo 😀", "🎉🎉🎉", "👩‍👩‍👧"])
    assert words_of(cloud) == {"vélo"}
    terms = [CloudTerm("fete", "fête 🎉", 3), CloudTerm("emoji", "🎉", 2)]
    assert words_of(draw_cloud(terms)) == {"fête"}
    assert draw_cloud(terms).lines == ("fête 🎉 : 3 réponses", "🎉 : 2 réponses")


def test_arabic_and_cyrillic_words_are_drawn_with_a_font_that_has_them() -> None:
    terms = [CloudTerm("a", "مدرسة", 3), CloudTerm("b", "школа", 2), CloudTerm("c", "école", 2)]
    layout = draw_cloud(terms).layout
    assert {word.text for word in layout.words} == {"مدرسة", "школа", "école"}
    assert all(word.face.draws(word.text) for word in layout.words)
    assert len({word.face for word in layout.words}) == 2


def test_nothing_said_gives_a_plain_background_and_no_line() -> None:
    cloud = draw_cloud(["RAS", "", "👍"])
    assert (cloud.lines, cloud.layout.words, cloud.title) == ((), (), "Nuage de mots vide")
    assert len(opened(cloud).getcolors() or ()) == 1


def test_colour_means_theme_when_themes_are_given() -> None:
    themes = [0, 0, 0, 1, 1, 1, 1, 1, 1, None, None]
    cloud = draw_cloud(ANSWERS, themes=themes)
    found = {word.text: word.theme for word in cloud.layout.words}
    assert (found["écoles"], found["transports en commun"], found["jardin"]) == (0, 1, None)


def test_the_svg_carries_its_letters_its_title_and_every_word() -> None:
    cloud = draw_cloud([*ANSWERS, "5 < 6 & école <b>"], form="svg")
    root = ElementTree.fromstring(cloud.image)  # noqa: S314 # our own bytes
    space = "{http://www.w3.org/2000/svg}"
    assert {element.text for element in root.iter(f"{space}text")} == words_of(cloud)
    assert root.findtext(f"{space}title") == cloud.title
    assert "font/woff;base64," in (root.findtext(f"{space}style") or "")
    assert root.get("viewBox") == "0 0 1920 1080"


def test_the_bigger_count_is_never_the_smaller_word() -> None:
    sizes = {word.count: word.size for word in draw_cloud(ANSWERS).layout.words}
    assert [sizes[count] for count in sorted(sizes)] == sorted(sizes.values())


def test_only_the_twenty_commonest_words_are_listed() -> None:
    terms = [CloudTerm(f"mot{n}", f"mot{n}", 100 - n) for n in range(60)]
    assert draw_cloud(terms).lines == tuple(f"mot{n} : {100 - n} réponses" for n in range(20))


def test_words_without_room_are_counted() -> None:
    terms = [CloudTerm(f"mot{n}", f"anticonstitutionnellement{n}", 100 - n) for n in range(90)]
    cloud = draw_cloud(terms, size=(400, 300))
    assert cloud.left_out == 90 - len(cloud.layout.words) > 0
