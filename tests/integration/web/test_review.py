"""Organisers correct the themes through HTTP: what they did stands, shows to the others, and can be taken back."""

from dataclasses import dataclass
from typing import Any

import pytest

from participation.actions import answering
from participation.model.activity import Activity
from participation.model.findings import Findings, Subtheme
from participation.model.idea import Idea, Source
from participation.model.people import Person, Role
from participation.model.policy import Policy
from participation.ports import Transaction
from tests.integration.web.browser import Browser
from tests.integration.web.hall import Hall


@dataclass
class Review:
    """An organiser in front of a grouped activity."""

    hall: Hall
    browser: Browser
    chloe: Person
    activity: Activity
    ideas: list[Idea]
    tick: int = 0

    @property
    def path(self) -> str:
        return f"/ateliers/{self.activity.workshop_id}/activites/{self.activity.id}/themes"

    async def board(self) -> dict[str, Any]:
        """The first state that holds what was done so far, as a page would wait for it."""
        async with self.browser.stream(f"{self.path}/direct") as states:
            async for state in states:
                if state["tick"] > self.tick:
                    return state
        raise AssertionError("the stream ended")

    async def columns(self) -> dict[str, list[int]]:
        """Labels, and the numbers of the ideas below each."""
        state = await self.board()
        return {one["label"]: [i["number"] for i in one["ideas"]] for one in [*state["themes"], state["loose"]]}

    async def theme(self, label: str) -> int:
        return next(theme["id"] for theme in (await self.board())["themes"] if theme["label"] == label)

    async def correct(self, **asked: object) -> tuple[int, str]:
        return await self._post("corrections", asked)

    async def found(self, **seen: Any) -> None:
        """What the last grouping saw beside its themes."""
        await self.hall.do(lambda tx: tx.themes.keep_findings(self.activity.id, Findings(**seen)))

    async def amina(self) -> Person:
        member = await self.hall.store.read(lambda tx: tx.members.get(self.ideas[0].member_id))
        assert member is not None
        assert member.person_id is not None
        number = member.person_id
        person = await self.hall.store.read(lambda tx: tx.people.get(number))
        assert person is not None
        return person

    async def undo(self) -> tuple[int, str]:
        return await self._post("annuler", {})

    async def _post(self, what: str, asked: object) -> tuple[int, str]:
        status, answer = await self.browser.post(f"{self.path}/{what}", asked)
        self.tick = answer.get("tick", self.tick)
        return status, answer["sentence"].replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
async def review(hall: Hall, browser: Browser) -> Review:
    chloe = await hall.person("Chloé", Role.ORGANISER)
    workshop = await hall.workshop(chloe)
    activity = await hall.launch(workshop, chloe, "ideas", "Vos idées ?")
    [amina] = await hall.councillors(workshop, 1)
    ideas = [idea for n in range(1, 8) if (idea := await hall.write(amina, activity, f"idée {n}"))]
    await hall.group(activity, [("École", ideas[:3], 0.9), ("Emploi", ideas[3:6], 0.3)])
    await browser.sign_in(chloe)
    return Review(hall, browser, chloe, activity, ideas)


BEFORE = {"École": [1, 2, 3], "Emploi": [4, 5, 6], "À classer": [7]}


async def test_the_board_shows_themes_their_stability_and_what_is_loose(review: Review) -> None:
    state = await review.board()
    assert await review.columns() == BEFORE
    assert [(t["label"], t["isFragile"], t["stability"]) for t in state["themes"]] == [
        ("École", False, "stable à 90\u00a0%"),
        ("Emploi", True, "stable à 30\u00a0%"),
    ]
    assert state["coverage"] == "2 thèmes, 85\u00a0% des idées"
    assert state["grouped"] == "Groupées à 14:00"
    assert state["undo"] == ""


async def test_a_name_that_a_language_model_worded_is_said_to_be_one_until_people_give_another(review: Review) -> None:
    await review.found(reworded={"École": "Classe"})
    state = await review.board()
    assert [(t["isReworded"], t["found"]) for t in state["themes"]] == [(True, "Classe"), (False, "Emploi")]
    assert state["themes"][0]["stability"] == "stable à 90\u00a0% · nom reformulé par un modèle de langage"
    assert "«\u00a0École\u00a0»" in state["guard"]
    await review.correct(do="rename", theme=await review.theme("École"), label="Collège")
    state = await review.board()
    assert not any(theme["isReworded"] for theme in state["themes"])
    assert "modèle de langage" not in state["guard"]


async def test_renaming_a_theme_and_taking_it_back(review: Review) -> None:
    theme = await review.theme("École")
    assert await review.correct(do="rename", theme=theme, label=" L’école  ouverte ") == (
        200,
        "Thème nommé « L’école ouverte ».",
    )
    assert await review.columns() == {"L’école ouverte": [1, 2, 3], "Emploi": [4, 5, 6], "À classer": [7]}
    assert (await review.board())["undo"] == "Annuler le renommage"
    assert await review.undo() == (200, "Renommage annulé.")
    assert await review.columns() == BEFORE


async def test_moving_an_idea_to_a_theme_and_out_of_any(review: Review) -> None:
    theme, idea = await review.theme("Emploi"), review.ideas[0]
    assert await review.correct(do="move", idea=idea.id, theme=theme) == (200, "Idée n° 1 placée dans « Emploi ».")
    assert await review.columns() == {"École": [2, 3], "Emploi": [1, 4, 5, 6], "À classer": [7]}
    assert await review.correct(do="move", idea=idea.id, theme=None) == (200, "Idée n° 1 remise à classer.")
    assert await review.columns() == {"École": [2, 3], "Emploi": [4, 5, 6], "À classer": [1, 7]}
    await review.undo()
    await review.undo()
    assert await review.columns() == BEFORE


async def test_merging_two_themes_and_taking_it_back(review: Review) -> None:
    kept, merged = await review.theme("École"), await review.theme("Emploi")
    assert await review.correct(do="merge", theme=kept, merged=merged) == (200, "Thèmes réunis dans « École ».")
    assert await review.columns() == {"École": [1, 2, 3, 4, 5, 6], "À classer": [7]}
    assert await review.undo() == (200, "Fusion annulée.")
    assert await review.columns() == BEFORE


async def test_a_new_theme_takes_ideas_and_goes_when_taken_back(review: Review) -> None:
    assert await review.correct(do="create", label="Transports") == (200, "Thème « Transports » créé.")
    theme = await review.theme("Transports")
    await review.correct(do="move", idea=review.ideas[6].id, theme=theme)
    assert await review.columns() == {"École": [1, 2, 3], "Emploi": [4, 5, 6], "Transports": [7], "À classer": []}
    await review.undo()
    await review.undo()
    assert await review.columns() == BEFORE


async def test_hiding_an_idea_keeps_it_on_the_board_and_off_the_room(review: Review) -> None:
    await review.correct(do="hide", idea=review.ideas[0].id)
    school = (await review.board())["themes"][0]
    assert ([i["isHidden"] for i in school["ideas"]], school["count"]) == ([True, False, False], 2)
    assert await review.correct(do="show", idea=review.ideas[0].id) == (200, "Idée n° 1 de nouveau visible.")


async def test_what_people_did_survives_the_next_grouping(review: Review) -> None:
    school = await review.theme("École")
    await review.correct(do="rename", theme=school, label="Notre école")
    await review.correct(do="move", idea=review.ideas[3].id, theme=school)
    ideas = review.ideas
    await review.hall.group(review.activity, [("scolaire", ideas[:3], 0.9), ("travail", ideas[3:], 0.9)])
    columns = await review.columns()
    assert columns["Notre école"] == [1, 2, 3, 4]
    assert columns["travail"] == [5, 6, 7]


async def test_another_organiser_sees_it_without_reloading(review: Review, other_browser: Browser) -> None:
    await other_browser.sign_in(await review.hall.person("Driss", Role.ORGANISER))
    async with other_browser.stream(f"{review.path}/direct") as states:
        assert (await anext(states))["themes"][0]["label"] == "École"
        await review.correct(do="rename", theme=await review.theme("École"), label="Vu de loin")
        assert (await anext(states))["themes"][0]["label"] == "Vu de loin"


async def test_what_cannot_be_done_is_said_and_changes_nothing(review: Review) -> None:
    school = await review.theme("École")
    refused = [
        await review.correct(do="rename", theme=school, label="x" * 81),
        await review.correct(do="create", label="   "),
        await review.correct(do="move", idea=999_999, theme=school),
        await review.correct(do="move", idea=review.ideas[0].id, theme=999_999),
        await review.correct(do="merge", theme=school, merged=school),
        await review.undo(),
    ]
    assert [status for status, _ in refused] == [422, 422, 404, 404, 404, 409]
    assert refused[5][1] == "Il n’y a rien à annuler."
    assert all(sentence for _, sentence in refused)
    assert await review.columns() == BEFORE


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"do": "destroy"},
        {"do": "move", "idea": "1"},
        {"do": "move", "idea": True},
        {"do": "hide", "idea": -1},
        {"do": "hide", "idea": 1 << 60},
        {"do": "rename", "theme": 1.5, "label": "x"},
        {"do": "create", "label": None},
        {"do": "create", "label": "x" * 5000},
        [],
        "rename",
        None,
    ],
)
async def test_a_malformed_request_is_refused_politely(review: Review, asked: object) -> None:
    status, answer = await review.browser.post(f"{review.path}/corrections", asked)
    assert (status, answer["sentence"]) == (
        400,
        "Nous n’avons pas compris cette demande. Revenez en arrière et essayez encore.",
    )
    assert await review.columns() == BEFORE


async def test_a_correction_without_the_form_token_is_refused(review: Review) -> None:
    status, _ = await review.browser.post(f"{review.path}/corrections", {"do": "create", "label": "x"}, token="")
    assert status == 403
    assert await review.columns() == BEFORE


async def test_asking_for_a_grouping_queues_it_when_there_are_enough_ideas(review: Review) -> None:
    status, answer = await review.browser.post(f"{review.path}/regrouper", {})
    assert (status, answer["sentence"]) == (
        409,
        "Pas encore assez d’idées pour des thèmes\u00a0: 7 sur 8. Attendez-en quelques-unes.",
    )
    [amina] = await review.hall.councillors(await workshop_of(review), 1)
    await review.hall.write(amina, review.activity, "idée 8")
    status, answer = await review.browser.post(f"{review.path}/regrouper", {})
    assert (status, answer["sentence"]) == (200, "Regroupement demandé\u00a0: les colonnes bougeront toutes seules.")
    job = await review.hall.do(lambda tx: tx.jobs.take(review.hall.watch.now()))
    assert job is not None
    assert (job.kind, job.activity_id, job.asked_by) == ("themes", review.activity.id, None)


async def workshop_of(review: Review) -> Any:
    return await review.hall.do(lambda tx: tx.workshops.get(review.activity.workshop_id))


async def test_a_long_column_is_shown_whole_on_request(review: Review) -> None:
    [amina] = await review.hall.councillors(await workshop_of(review), 1)
    for n in range(8, 160):
        await review.hall.do(
            lambda tx, n=n: tx.ideas.add(
                review.activity.id, 2, f"idée {n}", Source("paper", n), review.hall.watch.now()
            )
        )
    assert amina.id
    first = (await review.browser.state(f"{review.path}/direct"))["loose"]
    assert (len(first["ideas"]), first["more"]) == (150, "Montrer les 3 autres idées")
    whole = (await review.browser.state(f"{review.path}/direct?tout"))["loose"]
    assert (len(whole["ideas"]), whole["more"]) == (153, "")


async def test_two_ideas_that_say_the_same_become_one_by_a_press_and_two_again(review: Review) -> None:
    first, again = review.ideas[0], review.ideas[4]
    await review.found(copies=((first.id, again.id, 0.974),))
    proposed = (await review.board())["proposals"]
    assert [(pair["kept"]["number"], pair["copy"]["number"], pair["likeness"]) for pair in proposed["copies"]] == [
        (1, 5, "écrites pareil à 97\u00a0%")
    ]
    assert await review.correct(do="same", idea=first.id, copy=again.id) == (
        200,
        "Une seule idée désormais : l’idée n° 1 vaut pour les deux.",
    )
    state = await review.board()
    assert state["proposals"]["copies"] == []
    assert await review.columns() == {**BEFORE, "Emploi": [4, 6]}
    assert [i["said"] for theme in state["themes"] for i in theme["ideas"] if i["said"]] == ["dite 2 fois"]
    assert state["undo"] == "Annuler la réunion de deux idées"
    assert await review.undo() == (200, "Les deux idées sont de nouveau séparées.")
    assert await review.columns() == BEFORE


async def test_only_what_a_press_can_unite_is_counted_as_a_proposal(review: Review) -> None:
    first, second, again = review.ideas[0], review.ideas[1], review.ideas[4]
    splits = {first.id: ("du soutien", "des bus"), second.id: ("un local", "des bancs")}
    await review.found(copies=((first.id, again.id, 0.9),), splits=splits)
    proposed = (await review.board())["proposals"]
    assert proposed["title"] == "Une proposition de la machine"
    await review.correct(do="same", idea=first.id, copy=again.id)
    proposed = (await review.board())["proposals"]
    assert proposed["title"] == proposed["splitsTitle"] == "2 messages semblent contenir plusieurs idées"
    assert proposed["splitsHow"].startswith("Rien à décider ici")


async def test_ideas_that_may_be_one_in_other_words_are_proposed_apart_and_without_a_figure(review: Review) -> None:
    first, again, third = review.ideas[0], review.ideas[4], review.ideas[1]
    await review.found(copies=((first.id, third.id, 0.9),), paraphrases=((first.id, again.id, 0.93),))
    proposed = (await review.board())["proposals"]
    assert (proposed["count"], len(proposed["copies"])) == (2, 1)
    assert proposed["paraphrasesTitle"] == "Deux idées disent peut-être la même chose avec d’autres mots"
    (pair,) = proposed["paraphrases"]
    assert (pair["kept"]["number"], pair["copy"]["number"], "likeness" in pair) == (1, 5, False)
    await review.correct(do="same", idea=first.id, copy=again.id)
    proposed = (await review.board())["proposals"]
    assert (proposed["count"], proposed["paraphrases"]) == (1, [])


async def test_an_idea_that_stood_for_others_gives_them_back_when_its_author_takes_it_away(review: Review) -> None:
    first, again = review.ideas[0], review.ideas[4]
    pair = (first.id, again.id, 0.9)
    await review.found(copies=(pair,), paraphrases=(pair,), splits={first.id: ("un secret", "un autre")})
    await review.correct(do="same", idea=first.id, copy=again.id)

    def leave(tx: Transaction) -> None:
        author = tx.members.get(first.member_id)
        assert author is not None
        assert author.person_id is not None
        person = tx.people.get(author.person_id)
        assert person is not None
        answering.withdraw_idea(tx, person, first.id, Policy(), review.hall.watch.now())

    await review.hall.do(leave)
    assert await review.columns() == {**BEFORE, "École": [2, 3], "Emploi": [4, 5, 6]}
    kept = await review.hall.store.read(lambda tx: tx.themes.findings(review.activity.id))
    assert (kept.copies, kept.paraphrases, kept.splits) == ((), (), {}), "words that were taken back are quoted nowhere"


async def test_what_is_in_no_theme_is_counted_by_reason_and_subthemes_are_shown(review: Review) -> None:
    ids = [idea.id for idea in review.ideas]
    parts = (Subtheme("Cantine", (ids[0], ids[1])), Subtheme("Cour", (ids[2],)), Subtheme("Vide", ()))
    await review.found(hollow=(ids[6],), subthemes=parts)
    state = await review.board()
    assert state["loose"]["parts"] == [{"label": "sans contenu, non comptée", "count": 1}]
    school = next(theme for theme in state["themes"] if theme["label"] == "École")
    assert school["parts"] == [{"label": "Cantine", "count": 2}, {"label": "Cour", "count": 1}]
    assert [idea["part"] for idea in school["ideas"]] == [0, 0, 1]


async def test_the_map_names_each_theme_where_its_ideas_are_and_hides_what_is_hidden(review: Review) -> None:
    ids = [idea.id for idea in review.ideas]
    await review.found(places={idea_id: (0.1 * n, 0.5) for n, idea_id in enumerate(ids)})
    await review.correct(do="hide", idea=ids[1])
    answer = await review.browser.get(f"{review.path}/carte")
    drawn = await answer.json()
    assert [point["id"] for point in drawn["points"]] == [i for i in ids if i != ids[1]]
    assert [(name["label"], name["at"]) for name in drawn["names"]] == [("École", [0.0, 0.5]), ("Emploi", [0.4, 0.5])]


async def test_a_grouping_under_way_is_told_beside_the_one_before(review: Review) -> None:
    more = [await review.hall.write(await review.amina(), review.activity, f"encore {n}") for n in range(3)]
    assert all(more)
    await review.browser.post(f"{review.path}/regrouper", {})
    state = await review.board()
    assert state["working"] == "Un nouveau regroupement se prépare\u00a0: voici le précédent."
    assert (len(state["themes"]), state["guard"]) == (2, "Ces groupes aident à lire, ils ne votent pas.")
