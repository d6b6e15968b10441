"""What a councillor lives through: a code, an agreement, a vote, ideas, a change of mind, a way out."""

from participation.ports import Transaction
from tests.unit.bot.room import Room, plain


async def test_joining_takes_two_presses_and_shows_the_open_question_at_once(room: Room) -> None:
    bruno = await room.facilitator()
    await bruno.write("/sondage On continue ? | Oui | Non")
    await bruno.press("Lancer")
    amina = room.phone("Amina")
    welcome = await amina.write(f"/start {await room.code()}")
    assert welcome == [
        "Bienvenue à l’atelier Éducation !\n\n"
        "Vos réponses et vos idées sont montrées sans votre nom.\n"
        "Vous pouvez vous faire oublier quand vous voulez : tapez /effacer."
    ]
    assert await amina.press("J’accepte") == "Merci !"
    assert amina.texts == ["On continue ?\n\nTouchez votre choix. Vous pouvez changer d’avis jusqu’à la fermeture."]
    assert await amina.press("Oui") == "✔ Noté : Oui"
    assert plain(amina.last.text).endswith("\n\nVotre choix : Oui")
    assert amina.last.buttons == ["✔ Oui", "Non"]


async def test_a_mind_changes_until_the_close_and_not_after(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    await bruno.write("/sondage On continue ? | Oui | Non")
    await bruno.press("Lancer")
    await amina.press("Oui")
    assert await amina.press("Non") == "✔ Noté : Non"
    await bruno.write("/fermer")
    assert await amina.press("Oui") == "C’est fermé. Les réponses se sont arrêtées à 14:00."
    assert amina.last.buttons == []
    assert plain(amina.last.text) == "On continue ?\n\nC’est fermé. Merci !\n\nVotre choix : Non"
    figures = await bruno.write("/resultats")
    assert "Non\n██████████ 100 % (une voix)" in figures[0]


async def test_a_reopened_question_comes_back_with_its_buttons_and_ones_answer(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    await bruno.write("/sondage On continue ? | Oui | Non")
    await bruno.press("Lancer")
    await amina.press("Oui")
    await bruno.write("/fermer")
    await amina.press("Non")
    assert amina.last.buttons == []
    await bruno.write("/rouvrir")
    await room.deliver()
    assert plain(amina.last.text).endswith("Votre choix : Oui")
    assert await amina.press("Non") == "✔ Noté : Non"


async def test_a_code_typed_as_a_message_opens_the_same_door(room: Room) -> None:
    await room.facilitator()
    code = await room.code()
    amina = room.phone("Amina")
    assert await amina.write("/start") == [
        "Bonjour ! Tapez ici le code affiché dans la salle.\nVous pouvez aussi toucher le lien que vous avez reçu."
    ]
    await amina.write(f" {code[:3].lower()}-{code[3:].lower()} ")
    await amina.press("J’accepte")
    assert amina.texts == ["Rien à faire pour l’instant. Gardez ce chat ouvert : la question arrivera ici."]


async def test_who_agreed_once_goes_straight_into_the_next_workshop(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    await bruno.write("/atelier Emploi")
    assert await amina.write(f"/start {await room.code()}") == [
        "Vous êtes dans l’atelier Emploi.",
        "Rien à faire pour l’instant. Gardez ce chat ouvert : la question arrivera ici.",
    ]


async def test_two_choices_at_most_are_kept_kindly(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    await bruno.write("/choix 2 Quels thèmes ? | École | Emploi | Santé")
    await bruno.press("Lancer")
    assert await amina.press("École") == "✔ Noté : École. Encore un choix possible."
    assert await amina.press("Santé") == "✔ Noté : École, Santé"
    refused = "Vous avez déjà 2 choix, c’est le maximum. Touchez-en un pour l’enlever."
    assert await amina.press("Emploi") == refused
    assert amina.last.buttons == ["✔ École", "Emploi", "✔ Santé"]
    assert await amina.press("✔ École") == "✔ Noté : Santé. Encore un choix possible."
    await amina.press("Emploi")
    assert (await amina.write("/mes_reponses"))[0].endswith("Quels thèmes ?\nEmploi, Santé")


async def test_a_text_that_is_none_of_the_choices_is_answered_by_their_numbers_where_they_are_long(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    options = [f"Une proposition assez longue, la {name}" for name in ("première", "seconde", "troisième", "dernière")]
    await bruno.write(f"/sondage Que faire ? | {' | '.join(options)}")
    await bruno.press("Lancer")
    assert await amina.write("bof") == [
        "Je n’ai pas compris. Touchez un bouton, ou écrivez le numéro de votre choix, de 1 à 4."
    ]
    await amina.write("3")
    assert (await amina.write("/mes_reponses"))[0].endswith("la troisième")


async def test_each_idea_is_acknowledged_corrected_by_editing_and_taken_back(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    await bruno.write("/idees Que changer dans le quartier ?")
    await bruno.press("Lancer")
    assert "idée" in plain(amina.last.text)
    assert await amina.write("Plus de bus", message_id=77) == [
        "✔ Idée n° 1 notée.\n\nPour la corriger, modifiez votre message. Une autre idée ? Écrivez-la !"
    ]
    assert await amina.write("Une maison de santé") == ["✔ Idée n° 2 notée."]
    assert await amina.edit(77, "Plus de bus le soir") == ["✔ Idée n° 1 corrigée."]
    assert await amina.edit(77, "Plus de bus le soir") == []
    assert await texts_kept(room) == ["Plus de bus le soir", "Une maison de santé"]
    assert await amina.press("Retirer") == "C’est retiré."
    assert plain(amina.last.text) == "Idée n° 1 retirée."
    assert await texts_kept(room) == ["Une maison de santé"]


async def texts_kept(room: Room) -> list[str]:
    """The ideas of the newest question."""

    def read(tx: Transaction) -> list[str]:
        activity = tx.activities.of_workshop(tx.workshops.all()[0].id)[-1]
        return [idea.text for idea in tx.ideas.of_activity(activity.id)]

    return await room.store.read(read)


async def test_the_same_message_dealt_with_twice_makes_one_idea(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    await bruno.write("/idees Que changer ?")
    await bruno.press("Lancer")
    message = amina.message(text="Plus de bus")
    await room.feed({"message": message})
    await room.feed({"message": message})
    assert await texts_kept(room) == ["Plus de bus"]


async def test_words_add_up_and_can_be_erased(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    await bruno.write("/mots Un mot pour dire la journée ?")
    await bruno.press("Lancer")
    ballot = amina.last
    assert "mots" in plain(ballot.text)
    assert await amina.write("joie, fatigue") == ["✔ Noté : joie, fatigue. Encore un mot possible."]
    assert plain(ballot.text).endswith("Vos mots : joie, fatigue")
    assert await amina.press("Effacer mes mots") == "Vos mots sont effacés. Écrivez-en d’autres."


async def test_typing_works_as_the_button_would_and_the_ballot_shows_it(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    await bruno.write("/sondage On continue ? | Oui, bien sûr | Non")
    await bruno.press("Lancer")
    ballot = amina.last
    for typed, noted in [("1", "Oui, bien sûr"), ("non", "Non"), ("OUI", "Oui, bien sûr")]:
        assert await amina.write(typed) == [f"✔ Noté : {noted}"]
        assert plain(ballot.text).endswith(f"Votre choix : {noted}")


async def test_a_reply_answers_the_question_it_replies_to(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    await bruno.write("/mots Un mot ?")
    await bruno.press("Lancer")
    words = amina.last
    await bruno.write("/idees Une idée ?")
    await bruno.press("Lancer")
    assert (await amina.write("joie"))[0].startswith("✔ Idée n° 1 notée.")
    replied = {"message_id": words.number, "date": 1_790_000_000, "chat": amina.chat, "text": "…"}
    assert await amina.write("joie", reply_to_message=replied) == ["✔ Noté : joie. Encore 2 mots possibles."]
    assert await amina.write("fatigue") == ["✔ Noté : joie, fatigue. Encore un mot possible."], "it is in front now"


async def test_what_was_given_can_be_read_again(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    await bruno.write("/sondage On <continue> ? | Oui | Non")
    await bruno.press("Lancer")
    await amina.press("Non")
    await bruno.write("/idees Que changer ?")
    await bruno.press("Lancer")
    for number in range(12):
        room.later(seconds=2)
        await amina.write(f"Idée {number} & co")
    page = (await amina.write("/mes_réponses"))[0]
    assert page.startswith(
        "Vos réponses dans l’atelier Éducation\n\nOn <continue> ?\nNon\n\nQue changer ?\n3. Idée 2 & co"
    )
    assert page.endswith("12. Idée 11 & co\n… et 2 autres idées.")


async def test_answers_never_cross_from_one_workshop_to_another(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    await bruno.write("/sondage Ici ? | Oui | Non")
    await bruno.press("Lancer")
    here = amina.last
    chloe = await room.facilitator("Chloé", "Emploi")
    await amina.write(f"/start {await room.code()}")
    await chloe.write("/sondage Là ? | Oui | Non")
    await chloe.press("Lancer")
    await amina.press("Oui", here)
    await amina.write("non")
    assert "Oui\n██████████ 100 % (une voix)" in (await bruno.write("/resultats"))[0]
    assert "Non\n██████████ 100 % (une voix)" in (await chloe.write("/resultats"))[0]


async def test_a_question_of_another_workshop_says_so_and_shows_the_way(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    await room.facilitator("Chloé", "Emploi")
    await amina.write(f"/start {await room.code()}")
    await bruno.write("/idees Que changer ?")
    await bruno.press("Lancer")
    assert plain(amina.last.text).startswith("Atelier : Éducation\n\nQue changer ?")
    assert await amina.press("Aller dans cet atelier") == "C’est fait."
    assert (await amina.write("Plus de bus"))[0].startswith("✔ Idée n° 1 notée.")


async def test_voting_from_elsewhere_keeps_the_title_and_the_way(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    await room.facilitator("Chloé", "Emploi")
    await amina.write(f"/start {await room.code()}")
    await bruno.write("/sondage On continue ? | Oui | Non")
    await bruno.press("Lancer")
    await amina.press("Oui")
    assert plain(amina.last.text).startswith("Atelier : Éducation\n\nOn continue ?")
    assert amina.last.buttons == ["✔ Oui", "Non", "Aller dans cet atelier"]
    await amina.press("Aller dans cet atelier")
    assert [text.split("\n")[0] for text in amina.texts] == [
        "Vous êtes maintenant dans l’atelier Éducation.",
        "On continue ?",
    ]
    assert amina.last.buttons == ["✔ Oui", "Non"]


async def test_another_persons_button_counts_nothing(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    driss = await room.councillor("Driss")
    await bruno.write("/sondage On continue ? | Oui | Non")
    await bruno.press("Lancer")
    stolen = amina.last.keyboard[0][0]["callback_data"]
    assert await driss.press_data(stolen) == "Ce bouton n’est pas pour vous, ou il ne sert plus."
    assert "Aucune réponse" in (await bruno.write("/resultats"))[0]


async def test_a_shouting_thumb_is_warned_once(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    await bruno.write("/idees Que changer ?")
    await bruno.press("Lancer")
    room.later(seconds=11)
    said = [await amina.write(f"Idée {n}") for n in range(40)]
    warning = ["Doucement ! Je n’ai pas pris ce message. Attendez dix secondes, puis continuez."]
    assert said.count(warning) == 1
    assert sum(bool(texts) for texts in said) == 21
    room.later(seconds=11)
    assert await amina.write("Une dernière") == ["✔ Idée n° 21 notée."]


async def test_an_album_gets_one_answer(room: Room) -> None:
    await room.facilitator()
    amina = await room.councillor()
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}]
    answers = [await amina.send(photo=photo, media_group_id="a") for _ in range(4)]
    assert [len(texts) for texts in answers] == [1, 0, 0, 0]
