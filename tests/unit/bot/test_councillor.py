"""What a councillor lives through: a code, an agreement, a vote, ideas, a change of mind, a way out."""

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
