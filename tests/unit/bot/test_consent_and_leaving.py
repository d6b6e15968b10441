"""Nothing before an agreement, nothing after being forgotten: consent, language, leaving, erasing, blocking."""

from dataclasses import replace

from participation.ports import Transaction
from tests.unit.bot.room import Room, plain


async def test_nothing_is_kept_of_somebody_who_declines(room: Room) -> None:
    await room.facilitator()
    driss = room.phone("Driss")
    await driss.write(f"/start {await room.code()}")
    await driss.press("Non merci")
    assert plain(driss.last.text).startswith("D’accord, rien n’est gardé.")
    assert await room.store.read(lambda tx: tx.people.by_telegram(driss.id)) is None


async def test_the_language_changes_at_once(room: Room) -> None:
    await room.facilitator()
    amina = await room.councillor()
    await amina.write("/langue")
    assert amina.last.buttons == ["Français", "English"]
    await amina.press("English")
    assert plain(amina.last.text) == "All right, I will speak English to you."
    assert (await amina.write("/help"))[0].startswith("How does it work?")


async def test_leaving_asks_before_and_stops_the_questions(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    await amina.write("/quitter")
    await amina.press("Non, rester")
    assert plain(amina.last.text) == "D’accord, rien n’est changé."
    await amina.write("/quitter")
    await amina.press("Oui, quitter")
    await bruno.write("/idees Que changer ?")
    await bruno.press("Lancer")
    assert amina.texts == []
    assert (await amina.write("Plus de bus"))[0].startswith("Bonjour !")


async def test_erasing_forgets_the_person_and_keeps_the_closed_counts(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    await bruno.write("/sondage On continue ? | Oui | Non")
    await bruno.press("Lancer")
    await amina.press("Oui")
    await bruno.write("/fermer")
    await amina.write("/effacer")
    await amina.press("Oui, tout effacer")
    assert plain(amina.last.text).startswith("C’est effacé : votre nom, vos idées, votre numéro.")
    assert await room.store.read(lambda tx: tx.people.by_telegram(amina.id)) is None
    assert "Oui\n██████████ 100 % (une voix)" in (await bruno.write("/resultats"))[0]
    assert await amina.write("/effacer") == ["Je ne sais rien de vous : il n’y a rien à effacer."]


async def test_who_blocks_the_bot_is_no_longer_written_to_until_they_come_back(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    bot = {"id": 1, "is_bot": True, "first_name": "Palabre"}

    async def stands(status: str) -> None:
        new = {"user": bot, "status": status} | ({"until_date": 0} if status == "kicked" else {})
        old = {"user": bot, "status": "member"}
        change = {"chat": amina.chat, "from": amina.user, "date": 1_790_000_000, "old_chat_member": old}
        await room.feed({"my_chat_member": {**change, "new_chat_member": new}})

    await stands("kicked")
    await bruno.write("/sondage A ? | Oui | Non")
    await bruno.press("Lancer")
    assert amina.texts == []
    await stands("member")
    await bruno.write("/sondage B ? | Oui | Non")
    await bruno.press("Lancer")
    assert [text.split("\n")[0] for text in amina.texts] == ["B ?"]


async def test_erasing_reaches_workshops_already_left_and_leaves_no_trace_of_the_phone(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    await bruno.write("/idees Que changer ?")
    await bruno.press("Lancer")
    for text in ("Le banc de ma rue", "Une idée reprise"):
        await amina.write(text)
    await amina.press("Retirer")
    await amina.write("/quitter")
    await amina.press("Oui, quitter")
    before = await room.store.read(lambda tx: [tx.ideas.get(number) for number in (1, 2)])
    assert [(idea.text, str(amina.id) in idea.source.door) for idea in before if idea] == [
        ("Le banc de ma rue", False),
        ("", False),
    ]
    await amina.write("/effacer")
    await amina.press("Oui, tout effacer")
    after = await room.store.read(lambda tx: [tx.ideas.get(number) for number in (1, 2)])
    assert [idea.text for idea in after if idea] == ["", ""]


async def test_being_forgotten_and_coming_back_is_no_way_to_vote_twice(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    await bruno.write("/sondage On continue ? | Oui | Non")
    await bruno.press("Lancer")
    for _ in range(3):
        await amina.press("Oui")
        await amina.write("/effacer")
        await amina.press("Oui, tout effacer")
        await amina.write(f"/start {await room.code()}")
        await amina.press("J’accepte")
    await amina.press("Non")
    assert "Non\n██████████ 100 % (une voix)" in (await bruno.write("/resultats"))[0]


async def test_new_sentences_are_agreed_to_again_before_anything_is_counted(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    await bruno.write("/sondage On continue ? | Oui | Non")
    await bruno.press("Lancer")
    ballot = amina.last

    def as_of_the_year_before(tx: Transaction) -> None:
        person = tx.people.by_telegram(amina.id)
        assert person is not None
        tx.people.save(replace(person, consent_version=0))

    await room.store.write(as_of_the_year_before)
    asked = "Touchez d’abord « J’accepte ». Sans votre accord, rien n’est gardé."
    assert await amina.press("Oui", ballot) == asked
    assert amina.last.buttons == ["J’accepte", "Non merci"]
    assert (await amina.write("oui"))[0].startswith("Bienvenue à l’atelier Éducation !")
    await amina.press("J’accepte")
    assert await amina.press("Oui", ballot) == "✔ Noté : Oui"


async def test_a_stranger_may_choose_a_language_without_giving_a_name(room: Room) -> None:
    await room.facilitator()
    driss = room.phone("Driss")
    await driss.write("/langue")
    await driss.press("English")
    assert (await driss.write("hello"))[0].startswith("Hello! Type here the code")
    kept = await room.store.read(lambda tx: tx.people.by_telegram(driss.id))
    assert kept is not None
    assert (kept.name, kept.language) == ("", "en")
    await driss.write(f"/start {await room.code()}")
    await driss.press("I agree (j’accepte)")
    kept = await room.store.read(lambda tx: tx.people.by_telegram(driss.id))
    assert kept is not None
    assert kept.name == "Driss"
