"""What a facilitator lives through: a workshop, a question in one line, its panel, its figures, its pictures."""

import io
import re
from dataclasses import replace
from datetime import timedelta

from PIL import Image

from bot.messages import TEXT_UNITS
from participation.actions.grouping import regroup
from participation.actions.hiding import MOST_HIDDEN
from participation.model.idea import Group, Grouping
from participation.model.people import Role
from participation.ports import Transaction
from tests.unit.bot.room import Room, plain


async def test_a_workshop_is_one_line_and_comes_with_everything_to_project(room: Room) -> None:
    bruno = await room.organiser("Bruno")
    created, caption, following = await bruno.write("/atelier Réunion du quartier")
    code = await room.code()
    assert created == (
        "✔ L’atelier Réunion du quartier est ouvert.\n\n"
        f"Code : {code}\n"
        f"Lien à envoyer : https://t.me/palabre_bot?start={code}\n"
        f"Écran de la salle : http://palabre.test/ecran/{code}"
    )
    assert caption == f"Réunion du quartier\nScannez, ou tapez le code {code}."
    assert following.endswith("/sondage On continue ? | Oui | Non")
    picture = next(bubble.photo for bubble in bruno.bubbles.values() if bubble.photo)
    with Image.open(io.BytesIO(picture)) as image:
        assert (image.format, image.width == image.height, image.width >= 400) == ("PNG", True, True)


async def test_a_poll_is_previewed_with_its_times_and_leaves_only_when_launched(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    preview, ready = await bruno.write("/sondage On continue ? | Oui | Non à 14:30 pendant 10 min")
    assert preview == (
        "👁 Aperçu : voici ce que chacun verra.\n\nOn continue ?\n\n"
        "Touchez votre choix. Vous pouvez changer d’avis jusqu’à la fermeture."
    )
    assert ready == (
        "La question n° 1 est prête.\n\n"
        "Elle ouvre à 14:30 (heure de Paris). Elle ferme à 14:40 (heure de Paris). "
        "Une personne la recevra tout de suite."
    )
    assert (
        await bruno.press("Oui") == "C’est un aperçu : rien n’est compté. Touchez « Lancer » pour envoyer la question."
    )
    assert amina.texts == []
    assert await bruno.press("Lancer") == "C’est lancé : une personne la reçoit."
    assert amina.texts[0].startswith("On continue ?\n\n⏳ Le vote ouvre à 14:30.")
    assert await amina.press("Oui") == "Ce n’est pas encore ouvert. Le vote ouvre à 14:30."
    room.later(minutes=30)
    assert await amina.press("Oui") == "✔ Noté : Oui"
    assert plain(amina.last.text).endswith("Fermeture à 14:40.\n\nVotre choix : Oui")
    room.later(minutes=10)
    assert await amina.press("Non") == "C’est fermé. Les réponses se sont arrêtées à 14:40."
    await room.tick()
    assert bruno.texts[-1].startswith("La question n° 1 vient de se fermer, à l’heure prévue.")
    assert "Rouvrir" in bruno.last.buttons


async def test_a_draft_may_be_seen_again_or_thrown_away(room: Room) -> None:
    bruno = await room.facilitator()
    await bruno.write("/idees Que changer ?")
    assert len(await bruno.write("/apercu")) == 2
    await bruno.press("Annuler")
    assert plain(bruno.last.text) == "Brouillon annulé : Que changer ?"
    none_left = ["Il n’y a aucun brouillon. Posez d’abord une question, par exemple avec /sondage."]
    assert await bruno.write("/aperçu") == none_left


async def test_launching_twice_asks_once(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    await bruno.write("/sondage On continue ? | Oui | Non")
    offer = bruno.last.keyboard[0][0]["callback_data"]
    await bruno.press_data(offer, bruno.last.number)
    assert len(amina.texts) == 1
    assert await bruno.press_data(offer, bruno.last.number) == "La question n° 1 est déjà lancée."
    assert amina.texts == []


async def test_the_panel_follows_the_question(room: Room) -> None:
    bruno = await room.facilitator()
    await bruno.write("/idees Que changer ?")
    await bruno.press("Lancer")
    panel = bruno.last
    assert plain(panel.text) == "Question n° 1 : Que changer ?\n\n🟢 Elle est ouverte."
    assert panel.buttons == [
        "Participation",
        "Résultats",
        "Fermer",
        "Relancer",
        "Montrer à la salle",
        "Nuage",
        "Thèmes",
    ]
    assert await bruno.press("Montrer à la salle") == "La salle voit les résultats."
    assert plain(panel.text).endswith("📽 La salle voit les résultats.")
    assert await bruno.press("Masquer") == "Les résultats sont masqués."
    assert await bruno.press("Fermer") == "C’est fermé."
    assert panel.buttons[2:4] == ["Rouvrir", "Envoyer aux participants"]
    assert await bruno.press("Rouvrir") == "C’est rouvert."
    assert plain(panel.text) == "Question n° 1 : Que changer ?\n\n🟢 Elle est ouverte."


async def test_participation_counts_answers_presence_and_members_and_refreshes(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    await room.councillor("Driss")
    await bruno.write("/sondage On continue ? | Oui | Non")
    await bruno.press("Lancer")
    count = (await bruno.write("/participation"))[0]
    assert count == "Question n° 1\nOnt répondu : 0\nPrésents : 2\nInscrits : 2\n(compté à 14:00:00)"
    room.now += timedelta(minutes=61)
    await amina.press("Oui")
    await bruno.press("Actualiser")
    assert plain(bruno.last.text) == "Question n° 1\nOnt répondu : 1\nPrésents : 1\nInscrits : 2\n(compté à 15:01:00)"


async def test_a_reminder_goes_only_to_those_who_have_not_answered(room: Room) -> None:
    bruno = await room.facilitator()
    amina, driss = await room.councillor(), await room.councillor("Driss")
    await bruno.write("/sondage On continue ? | Oui | Non")
    await bruno.press("Lancer")
    await amina.press("Oui")
    assert await bruno.write("/relancer") == ["Une personne est relancée."]
    assert amina.texts == []
    assert driss.texts[0].startswith("Votre avis compte : il manque encore votre réponse.\n\nOn continue ?")
    await driss.press("Non")
    assert await bruno.press("Relancer") == "Tout le monde a répondu : personne à relancer."


async def test_figures_are_read_alone_then_shown_or_sent(room: Room) -> None:
    bruno = await room.facilitator()
    voters = [await room.councillor(name) for name in ("Amina", "Driss", "Esra")]
    await bruno.write("/sondage On continue ? | Oui | Non | Sans avis")
    await bruno.press("Lancer")
    for voter, choice in zip(voters, ("Oui", "Oui", "Non"), strict=True):
        await voter.press(choice)
    figures = (
        "On continue ?\n\n"
        "Oui\n███████░░░ 67 % (2 voix)\n"
        "Non\n███░░░░░░░ 33 % (une voix)\n"
        "Sans avis\n░░░░░░░░░░ 0 %\n\n"
        "3 personnes ont répondu."
    )
    assert await bruno.write("/resultats") == [figures]
    assert bruno.last.buttons == ["Montrer à la salle", "Envoyer aux participants"]
    assert await bruno.press("Envoyer aux participants") == "3 personnes reçoivent les résultats."
    assert voters[0].texts == ["Voici ce que le groupe a répondu. Merci !\n\n" + figures]


async def test_an_announcement_is_shown_before_it_is_sent_and_sent_once(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    assert await bruno.write("/annonce La pause dure <dix> minutes.") == [
        "Une personne recevra ce message :\n\nLa pause dure <dix> minutes."
    ]
    send = bruno.last.keyboard[0][0]["callback_data"]
    assert amina.texts == []
    assert await bruno.press_data(send, bruno.last.number) == "C’est envoyé."
    assert amina.texts == ["📣 Message de l’équipe\n\nLa pause dure <dix> minutes."]
    assert (
        await bruno.press_data(send, bruno.last.number)
        == "Il manque le texte. Exemple : /annonce La pause dure dix minutes."
    )
    assert amina.texts == []


async def test_slow_work_is_asked_of_the_engine_and_too_little_of_it_is_said_at_once(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    await bruno.write("/idees Que changer ?")
    await bruno.press("Lancer")
    assert await bruno.write("/nuage") == ["Il n’y a pas encore de mots à dessiner."]
    too_few = "Pas encore assez d’idées pour des thèmes : 3 sur 8. Attendez-en quelques-unes."
    for number in range(3):
        await amina.write(f"Idée {number}")
    assert await bruno.write("/themes") == [too_few]
    assert await bruno.press("Thèmes") == too_few
    assert await bruno.write("/nuage") == ["Je dessine le nuage…"]
    for number in range(5):
        await amina.write(f"Autre idée {number}")
    assert await bruno.write("/thèmes") == ["Je regroupe les 8 idées de la question n° 1…"]
    jobs = [await room.store.write(lambda tx: tx.jobs.take(room.now)) for _ in range(2)]
    assert [job.kind for job in jobs if job][:1] == ["cloud"]
    assert [dict(job.details) for job in jobs if job][:1] == [{"address": bruno.id}]


async def test_a_grouping_is_announced_in_one_line_even_after_another_and_may_be_stopped(room: Room) -> None:
    bruno, amina = await room.facilitator(), await room.councillor()
    await bruno.write("/idees Que changer ?")
    await bruno.press("Lancer")
    for number in range(8):
        await amina.write(f"Idée {number}")
    activity = 1
    ideas = await room.store.read(lambda tx: [idea.id for idea in tx.ideas.of_activity(activity)])
    found = Grouping((Group("Le bus", tuple(ideas), 0.9, ("bus",), (ideas[0],)),), "1 thème, 100 % des idées", 0.1)
    await room.store.write(lambda tx: regroup(tx, activity, found, room.now))
    assert await bruno.write("/thèmes") == ["Je regroupe les 8 idées de la question n° 1…"]
    assert await room.store.write(lambda tx: tx.jobs.take(room.now)) is not None
    drawing = bruno.last
    await bruno.press("Arrêter", drawing)
    assert drawing.text == "Regroupement arrêté. Les thèmes restent comme ils étaient."
    assert await room.store.read(lambda tx: tx.jobs.running()) == set()


async def test_themes_without_a_number_are_those_of_the_newest_question_that_has_ideas(room: Room) -> None:
    bruno, amina = await room.facilitator(), await room.councillor()
    await bruno.write("/mots Un mot ?")
    await bruno.press("Lancer")
    assert await bruno.write("/themes") == ["La question n° 1 n’a pas d’idées à regrouper."]
    await bruno.write("/idees Que changer ?")
    await bruno.press("Lancer")
    for number in range(8):
        await amina.write(f"Idée {number}")
    await bruno.write("/mots Un autre mot ?")
    await bruno.press("Lancer")
    assert await bruno.write("/themes") == ["Je regroupe les 8 idées de la question n° 2…"]
    assert await bruno.write("/themes 3") == [
        "La question n° 3 n’a pas d’idées à regrouper. Pour celles de la question n° 2, tapez /themes 2."
    ]


async def test_an_organiser_invites_and_each_link_serves_once(room: Room) -> None:
    chloe = await room.organiser()
    invitation = (await chloe.write("/inviter animatrice"))[0]
    assert invitation.startswith(
        "Ce lien donne le rôle « animatrice ou animateur ».\nIl sert une seule fois, pendant 48 heures :"
    )
    code = invitation.rsplit("start=", 1)[1]
    bruno = room.phone("Bruno")
    assert (await bruno.write(f"/start {code}"))[0] == "Bienvenue ! Vous êtes animatrice ou animateur de Palabre."
    assert "sondage" in bruno.commands
    assert (await bruno.write("/atelier Éducation"))[0].startswith("✔ L’atelier Éducation est ouvert.")
    driss = room.phone("Driss")
    assert await driss.write(f"/start {code}") == ["Ce lien a déjà servi. Demandez-en un nouveau."]
    assert await room.store.read(lambda tx: tx.people.by_telegram(driss.id)) is None


async def test_an_organiser_without_a_workshop_is_told_how_to_open_one(room: Room) -> None:
    chloe = await room.organiser()
    how = ["Pour ouvrir votre premier atelier, tapez par exemple :\n/atelier Réunion du quartier"]
    assert await chloe.write("/start") == how
    assert await chloe.write("bonjour") == how


async def test_a_captain_is_of_one_workshop_and_is_asked_questions(room: Room) -> None:
    bruno = await room.facilitator()
    code = (await bruno.write("/inviter capitaine"))[0].rsplit("start=", 1)[1]
    nadia = room.phone("Nadia")
    welcome = await nadia.write(f"/start {code}")
    assert welcome[0] == "Bienvenue ! Vous êtes capitaine de table de l’atelier Éducation."
    await nadia.press("J’accepte")
    await bruno.write("/sondage On continue ? | Oui | Non")
    await bruno.press("Lancer")
    assert await nadia.press("Oui") == "✔ Noté : Oui"


async def test_a_facilitators_stray_message_is_not_an_idea(room: Room) -> None:
    bruno = await room.facilitator()
    await bruno.write("/idees Que changer ?")
    await bruno.press("Lancer")
    assert await bruno.write("euh, attendez") == [
        "Votre rôle n’est pas compté dans les réponses. Pour savoir quoi faire, tapez /aide."
    ]


async def test_the_web_opens_with_a_link_of_five_minutes(room: Room) -> None:
    bruno = await room.facilitator()
    said = (await bruno.write("/connexion"))[0]
    assert said.startswith("Ouvrez cette page sur votre ordinateur :\nhttp://palabre.test/entrer#")
    assert said.endswith("Le lien sert une seule fois, pendant 5 minutes.")


async def test_one_person_steers_several_workshops_and_chooses_where_they_are(room: Room) -> None:
    bruno = await room.facilitator()
    await bruno.write("/atelier Emploi")
    await bruno.write("/ateliers")
    assert bruno.last.buttons == ["✔ Emploi", "Éducation"]
    await bruno.press("Éducation")
    assert plain(bruno.last.text) == "Vous êtes maintenant dans l’atelier Éducation."
    assert (await bruno.write("/ecran"))[0].startswith("L’écran de l’atelier Éducation :")


async def test_every_command_has_its_english_name(room: Room) -> None:
    bruno = await room.facilitator(language="en")
    amina = await room.councillor()
    await bruno.write("/poll Shall we go on? | Yes | No in 5 min for 10 min")
    assert plain(bruno.last.text) == (
        "Question 1 is ready.\n\n"
        "It opens at 14:05 (Paris time). It closes at 14:15 (Paris time). One person will receive it at once."
    )
    await bruno.press("Launch")
    room.later(minutes=6)
    await amina.press("Yes")
    assert (await bruno.write("/results"))[0] == (
        "Shall we go on?\n\nYes\n██████████ 100% (one vote)\nNo\n░░░░░░░░░░ 0%\n\nOne person answered."
    )
    assert plain((await bruno.write("/close"))[0]).endswith("🔴 It is closed.")


async def test_forty_two_people_are_counted_in_the_sentence(room: Room) -> None:
    bruno = await room.facilitator()
    for number in range(42):
        await room.councillor(f"Personne {number}")
    await bruno.write("/sondage On continue ? | Oui | Non")
    assert plain(bruno.last.text).endswith("42 personnes la recevront en 2 secondes.")


async def test_losing_ones_role_closes_the_panel(room: Room) -> None:
    bruno = await room.facilitator()
    await bruno.write("/sondage On continue ? | Oui | Non")
    await bruno.press("Lancer")

    def demote(tx: Transaction) -> None:
        person = tx.people.by_telegram(bruno.id)
        assert person is not None
        tx.people.save(replace(person, role=None))
        for _, member in tx.workshops.of_person(person.id):
            tx.members.save(replace(member, role=Role.OBSERVER))

    await room.store.write(demote)
    sentence = "Seule l’équipe d’animation peut faire cela. Pour savoir quoi faire, tapez /aide."
    assert await bruno.press("Fermer") == sentence
    assert await bruno.write("/fermer") == [sentence]


async def test_a_scheduled_question_leaves_the_wall_to_the_open_one(room: Room) -> None:
    bruno = await room.facilitator()
    await bruno.write("/idees Que changer ?")
    await bruno.press("Lancer")
    await bruno.write("/sondage On continue ? | Oui | Non dans 5 min")
    await bruno.press("Lancer")

    def on_the_wall(tx: Transaction) -> int | None:
        workshop = tx.workshops.all()[0]
        front = tx.activities.get(workshop.featured_activity_id or 0)
        return front.number if front else None

    assert await room.store.read(on_the_wall) == 1


async def test_a_bare_command_speaks_of_the_question_under_way(room: Room) -> None:
    bruno = await room.facilitator()
    await bruno.write("/idees Que changer ?")
    await bruno.press("Lancer")
    await bruno.write("/sondage On continue ? | Oui | Non")
    await bruno.press("Lancer")
    await bruno.write("/fermer 2")
    assert plain((await bruno.write("/fermer"))[0]).startswith("Question n° 1")


async def test_a_language_may_be_named_in_the_command(room: Room) -> None:
    await room.facilitator()
    amina = await room.councillor()
    assert await amina.write("/langue en") == ["All right, I will speak English to you."]


async def test_a_hidden_word_leaves_the_figures_with_its_plural_and_comes_back_by_its_button(room: Room) -> None:
    bruno = await room.facilitator()
    amina, driss = await room.councillor(), await room.councillor()
    await bruno.write("/mots Un mot ?")
    await bruno.press("Lancer")
    await amina.write("école, vive les écoles")
    await driss.write("écoles, parc")
    hidden = (await bruno.write("/cacher École, zut"))[-1]
    assert hidden.startswith("Mots cachés dans cet atelier")
    assert "École, zut" in hidden
    assert "cole" not in (await bruno.write("/resultats"))[-1]
    await bruno.write("/cacher")
    assert await bruno.press("Remontrer «\u00a0École\u00a0»") == "« École » peut de nouveau s’afficher."
    left = plain(bruno.last.text).partition(" : ")[2]
    assert left.startswith("zut.")
    assert "école (2)" in (await bruno.write("/resultats"))[-1].lower()


async def test_a_long_list_of_hidden_words_is_read_and_each_word_can_come_back(room: Room) -> None:
    bruno = await room.facilitator()
    words = [f"{'🌱' * 20}{number:03}" for number in range(100)]
    for start in range(0, 100, 20):
        await bruno.write("/cacher " + ", ".join(words[start : start + 20]))
    assert len(bruno.last.text.encode("utf-16-le")) // 2 <= TEXT_UNITS
    assert "Et 60 de plus" in bruno.last.text
    seen = set(re.findall("🌱([0-9]{3})", bruno.last.text))
    while "◀ Cachés avant" in bruno.last.buttons:
        await bruno.press("◀ Cachés avant")
        assert len(bruno.last.text.encode("utf-16-le")) // 2 <= TEXT_UNITS
        seen |= set(re.findall("🌱([0-9]{3})", bruno.last.text))
    assert seen == {word[-3:] for word in words}
    toast = await bruno.press(f"Remontrer «\u00a0{words[0]}\u00a0»")
    assert toast == f"« {words[0]} » peut de nouveau s’afficher."
    (workshop,) = await room.store.read(lambda tx: tx.workshops.all())
    assert workshop.hidden_words == tuple(words[1:])


async def test_a_word_too_many_is_refused_and_no_other_comes_back(room: Room) -> None:
    bruno = await room.facilitator()
    words = [f"mot{number}" for number in range(MOST_HIDDEN)]
    await bruno.write("/cacher " + ", ".join(words))
    (said,) = await bruno.write("/cacher celuici")
    assert said.startswith("Cela ferait 201 mots cachés")
    (workshop,) = await room.store.read(lambda tx: tx.workshops.all())
    assert workshop.hidden_words == tuple(words)
    await bruno.write("/cacher mot7")
    assert (await room.store.read(lambda tx: tx.workshops.all()))[0].hidden_words == tuple(words)


async def test_hiding_words_is_for_those_who_steer(room: Room) -> None:
    await room.facilitator()
    amina = await room.councillor()
    await amina.write("/cacher école")
    workshops = await room.store.read(lambda tx: tx.workshops.all())
    assert all(workshop.hidden_words == () for workshop in workshops)


async def test_two_numbers_compare_two_questions_that_hold_text(room: Room) -> None:
    bruno = await room.facilitator()
    for asked in ("/mots Un mot ?", "/idees Que changer ?", "/sondage On continue ? | Oui | Non"):
        await bruno.write(asked)
        await bruno.press("Lancer")
    assert await bruno.write("/nuage 1 2") == ["Je dessine le nuage…"]
    job = await room.store.write(lambda tx: tx.jobs.take(room.now))
    assert job is not None
    assert (job.kind, job.details["other"]) == ("comparison", 2)
    assert await bruno.write("/nuage 1 3") == ["La question n° 3 n’a ni mots ni idées à comparer."]
    assert await bruno.write("/nuage 1 1") == ["Il n’y a pas encore de mots à dessiner."]
