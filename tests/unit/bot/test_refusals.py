"""Each wrong command, option, text, code and expired invitation, with the exact French sentence it gets."""

import pytest

from participation.model.policy import Policy
from participation.questions.kit import MOST_OPTIONS, OPTION_LENGTH, QUESTION_LENGTH
from storage import SqlStore
from tests.unit.bot.room import Phone, Room

SONDAGE = "Écrivez la question, puis les choix, séparés par une barre :\n/sondage On continue ? | Oui | Non"
CHOIX = "Écrivez le maximum, la question, puis les choix :\n/choix 2 Quels thèmes ? | École | Emploi | Santé"
MISSING = "Il manque la question. Écrivez-la juste après la commande."
TWO = "Il faut au moins deux choix, séparés par une barre. Exemple : /sondage On continue ? | Oui | Non"
WHICH = "Je ne trouve pas cette question. Pour choisir, ajoutez son numéro. Exemple : /fermer 2"
DRAFT = "La question n° 2 n’est pas encore lancée. Touchez « Lancer » : /apercu"
TEAM = "Seule l’équipe d’animation peut faire cela. Pour savoir quoi faire, tapez /aide."
CODE = "Bonjour ! Tapez ici le code affiché dans la salle.\nVous pouvez aussi toucher le lien que vous avez reçu."
ROLES = "Rôles : animateur, capitaine, juré, parrain, observateur, organisateur."

FACILITATOR = [
    # A command alone shows how to type it.
    ("/sondage", SONDAGE),
    ("/poll", SONDAGE),
    ("/choix", CHOIX),
    ("/idees", "Écrivez la question :\n/idees Que changer dans le quartier ?"),
    ("/mots", "Écrivez la question :\n/mots Un mot pour dire la journée ?"),
    ("/atelier", "Donnez le titre de l’atelier :\n/atelier Réunion du quartier"),
    ("/annonce", "Écrivez le texte à envoyer :\n/annonce La pause dure dix minutes."),
    ("/inviter", f"Dites quel rôle donner :\n/inviter animateur\n{ROLES}"),
    # Wrong commands.
    ("/sondge On continue ?", "Je ne connais pas cette commande. Vouliez-vous dire /sondage ?"),
    ("/resultat", "Je ne connais pas cette commande. Vouliez-vous dire /resultats ?"),
    ("/abracadabra", "Je ne connais pas cette commande. Pour savoir quoi faire, tapez /aide."),
    # Malformed questions and options.
    ("/sondage | Oui | Non", MISSING),
    ("/choix 2", TWO),
    ("/idees pendant 10 min", MISSING),
    ("/sondage On continue ?", TWO),
    ("/sondage On continue ? | Oui", TWO),
    ("/choix On continue ? | Oui | ", TWO),
    ("/sondage Q ? | Oui | OUI", "Deux choix se ressemblent trop : « OUI ». Changez-en un."),
    (
        "/sondage Q ? " + "".join(f"| {n}" for n in range(MOST_OPTIONS + 1)),
        "C’est trop de choix : 21. Gardez-en 20 au plus.",
    ),
    ("/idees Quoi ? | A | B", "Cette question n’a pas de choix à donner. Écrivez seulement la question."),
    ("/mots Quoi ? | A | B", "Cette question n’a pas de choix à donner. Écrivez seulement la question."),
    ("/choix 5 Quoi ? | A | B", "Ce maximum ne convient pas : 5, pour 2 choix. Donnez un nombre entre 1 et 2."),
    ("/choix 0 Quoi ? | A | B", "Ce maximum ne convient pas : 0, pour 2 choix. Donnez un nombre entre 1 et 2."),
    # Over-long texts.
    ("/idees " + "a" * (QUESTION_LENGTH + 1), "La question est trop longue : 501 caractères. Gardez-en 500 au plus."),
    (
        "/sondage Q ? | B | " + "a" * (OPTION_LENGTH + 1),
        "Ce choix est trop long : « " + "a" * 40 + "… ». Gardez 200 caractères au plus.",
    ),
    ("/atelier " + "a" * 121, "C’est trop long : 121 caractères, 120 au plus. Essayez plus court."),
    ("/annonce " + "a" * 2001, "C’est trop long : 2 001 caractères, 2 000 au plus. Essayez plus court."),
    # Malformed times.
    ("/idees Quoi ? à 25:99", "Je ne comprends pas « à 25:99 ». Exemples : à 14:30, dans 5 min, pendant 10 min"),
    ("/idees Quoi ? dans 5 mni", "Je ne comprends pas « dans 5 mni ». Exemples : à 14:30, dans 5 min, pendant 10 min"),
    (
        "/idees Quoi ? pendant 0 min",
        "Je ne comprends pas « pendant 0 min ». Exemples : à 14:30, dans 5 min, pendant 10 min",
    ),
    ("/idees Quoi ? à 9:00", "Cette heure est déjà passée (à 09:00). Donnez une heure à venir."),
    # Questions that are not there, or not in the right moment.
    ("/fermer 9", WHICH),
    ("/fermer la question", WHICH),
    ("/participation 12345678", WHICH),
    ("/fermer 2", DRAFT),
    ("/rouvrir 2", DRAFT),
    ("/resultats 2", DRAFT),
    ("/relancer 2", DRAFT),
    ("/nuage 2", "Il n’y a pas encore de mots à dessiner."),
    ("/nuage 1", "Il n’y a pas encore de mots à dessiner."),
    ("/themes 2", "Pas encore assez d’idées pour des thèmes : 0 sur 8. Attendez-en quelques-unes."),
    ("/themes 1", "La question n° 1 n’a pas d’idées à regrouper."),
    ("/apercu 1", "Il n’y a aucun brouillon. Posez d’abord une question, par exemple avec /sondage."),
    # Roles.
    ("/inviter pape", "Je ne connais pas le rôle « pape ». " + ROLES),
]

COUNCILLOR = [
    *(
        (command, TEAM)
        for command in ("/sondage Q ? | A | B", "/fermer", "/atelier Chez moi", "/annonce Bonjour", "/export")
    ),
    ("/inviter animateur", TEAM),
    ("/connexion", TEAM),
    ("peut-être", "Je n’ai pas compris. Touchez un bouton, ou écrivez un de ces choix : Oui, Non."),
    ("\u200b\u202e", "Je n’ai pas compris. Touchez un bouton, ou écrivez un de ces choix : Oui, Non."),
    ("/start ABCDEF", "Je ne connais pas le code « ABCDEF ». Vérifiez-le sur l’écran de la salle."),
    ("/start <b>ABC</b>", "Je ne connais pas le code « <b>ABC</b> ». Vérifiez-le sur l’écran de la salle."),
    ("/sondage_on", "Je ne connais pas cette commande. Pour savoir quoi faire, tapez /aide."),
]

STRANGER = [
    ("bonjour", CODE),
    ("/fermer", TEAM),
    ("/connexion", TEAM),
    ("/start ABCDEF", "Je ne connais pas le code « ABCDEF ». Vérifiez-le sur l’écran de la salle."),
    ("/mes_reponses", "Vous n’êtes dans aucun atelier. Tapez le code affiché dans la salle."),
    ("/quitter", "Vous n’êtes dans aucun atelier. Tapez le code affiché dans la salle."),
    ("/ateliers", "Vous n’avez pas encore d’atelier. Tapez le code affiché dans la salle."),
    ("/effacer", "Je ne sais rien de vous : il n’y a rien à effacer."),
]


@pytest.fixture
async def hall(store: SqlStore) -> Room:
    """Question 1 is open; question 2 is a draft; figures are kept low so that the limits are met quickly."""
    room = Room(store, Policy(most_ideas=3))
    bruno = await room.facilitator()
    await bruno.write("/sondage On continue ? | Oui | Non")
    await bruno.press("Lancer")
    await bruno.write("/idees Que changer ?")
    return room


def bruno(room: Room) -> Phone:
    return next(phone for phone in room.phones.values() if phone.name == "Bruno")


async def ask(room: Room, command: str) -> None:
    """Launch another question."""
    await bruno(room).write(command)
    await bruno(room).press("Lancer")


async def test_what_a_facilitator_types_wrong(hall: Room) -> None:
    wrong = []
    for typed, sentence in FACILITATOR:
        hall.later(seconds=2)
        if (said := await bruno(hall).write(typed)) != [sentence]:
            wrong.append((typed, said, sentence))
    assert wrong == []


async def test_what_a_councillor_types_wrong(hall: Room) -> None:
    amina = await hall.councillor()
    assert {typed: await amina.write(typed) for typed, _ in COUNCILLOR} == {t: [sentence] for t, sentence in COUNCILLOR}


async def test_what_a_stranger_types_wrong_and_nothing_is_kept_of_them(hall: Room) -> None:
    driss = hall.phone("Driss")
    assert {typed: await driss.write(typed) for typed, _ in STRANGER} == {t: [sentence] for t, sentence in STRANGER}
    assert await hall.store.read(lambda tx: tx.people.by_telegram(driss.id)) is None


async def test_an_idea_too_long_or_one_too_many(hall: Room) -> None:
    amina = await hall.councillor()
    await ask(hall, "/idees Une idée ?")
    too_long = "C’est trop long : 1 001 caractères, 1 000 au plus. Essayez plus court."
    assert await amina.write("a" * 1001) == [too_long]
    assert await amina.write("\u200b") == ["Je ne vois aucun mot. Écrivez votre réponse avec des lettres."]
    first = amina.message(text="Un")
    await hall.feed({"message": first})
    assert await amina.edit(first["message_id"], "a" * 1001) == [too_long]
    for text in ("Deux", "Trois"):
        await amina.write(text)
    assert await amina.write("Quatre") == ["Merci ! Vous avez donné 3 idées, c’est le maximum. Vous pouvez en retirer."]
    assert await amina.edit(1, "Autre chose") == [
        "Ce message n’est pas une idée. Pour changer de réponse, écrivez un nouveau message."
    ]


async def test_words_too_many_or_too_long(hall: Room) -> None:
    amina = await hall.councillor()
    await ask(hall, "/mots Un mot ?")
    await amina.write("joie, fatigue")
    assert await amina.write("bus, vélo") == [
        "C’est trop de mots : 3 au plus. Vous avez déjà : joie, fatigue. Touchez « Effacer mes mots » pour recommencer."
    ]
    assert await amina.write("a" * 41) == ["C’est trop long : 41 caractères, 40 au plus. Essayez plus court."]


async def test_presses_that_cannot_count(hall: Room) -> None:
    amina = await hall.councillor()
    seal = hall.conversation.house.seal
    ballot = amina.last
    assert (
        await amina.press_data("vote:1:0.forged", ballot.number) == "Ce bouton n’est pas pour vous, ou il ne sert plus."
    )
    assert await amina.press_data(seal.pack("vote:1:9", amina.id)) == "Ce choix n’existe pas dans cette question."
    assert await amina.press_data(seal.pack("vote:99:0", amina.id)) == WHICH
    assert await amina.press_data(seal.pack("withdraw:99", amina.id)) == "Cette idée n’est plus là."
    assert await amina.press_data(seal.pack("close:1", amina.id)) == TEAM
    assert await amina.press_data(seal.pack("vote:2:0", amina.id)) == DRAFT
    driss = hall.phone("Driss")
    outside = "Vous ne participez pas à cet atelier. Tapez son code pour le rejoindre."
    assert await driss.press_data(seal.pack("vote:1:0", driss.id)) == outside
    await bruno(hall).write("/fermer 1")
    assert await amina.press("Oui", ballot) == "C’est fermé. Les réponses se sont arrêtées à 14:00."
    assert await amina.write("oui") == ["C’est fermé. Les réponses se sont arrêtées à 14:00."]


async def test_an_invitation_expires_and_serves_once(hall: Room) -> None:
    chloe = await hall.organiser("Chloé")
    driss = hall.phone("Driss")
    late = (await chloe.write("/inviter animateur"))[0].rsplit("start=", 1)[1]
    hall.later(hours=48)
    assert await driss.write(f"/start {late}") == ["Ce lien est trop ancien. Demandez-en un nouveau."]
    good = (await chloe.write("/inviter organisateur"))[0].rsplit("start=", 1)[1]
    await hall.phone("Esra").write(f"/start {good}")
    assert await driss.write(f"/start {good}") == ["Ce lien a déjà servi. Demandez-en un nouveau."]


async def test_only_an_organiser_makes_organisers(hall: Room) -> None:
    chloe = await hall.organiser("Chloé")
    code = (await chloe.write("/inviter animateur"))[0].rsplit("start=", 1)[1]
    nadia = hall.phone("Nadia")
    await nadia.write(f"/start {code}")
    sentence = "Seule l’équipe d’organisation peut faire cela. Pour savoir quoi faire, tapez /aide."
    assert await nadia.write("/inviter organisateur") == [sentence]
    assert await nadia.write("/fermer") == ["Ouvrez d’abord un atelier : /atelier Réunion du quartier"]


async def test_nothing_is_open_yet(store: SqlStore) -> None:
    room = Room(store)
    await room.facilitator()
    amina = await room.councillor()
    nothing = "Aucune question n’est ouverte. Gardez ce chat ouvert : la prochaine arrive ici."
    assert await amina.write("oui") == [nothing]
    await bruno(room).write("/sondage Q ? | Oui | Non dans 5 min")
    await bruno(room).press("Lancer")
    assert await amina.write("oui") == ["Ce n’est pas encore ouvert. Le vote ouvre à 14:05."]
    hour = "Cette heure est déjà passée (à 14:30). Donnez une heure à venir."
    await bruno(room).write("/sondage R ? | Oui | Non à 14:30")
    room.later(minutes=31)
    assert await bruno(room).press("Lancer") == hour


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ({"sticker": {"type": "regular"}}, "Touchez un bouton sous la question."),
        ({"voice": {"duration": 3}}, "Touchez un bouton sous la question."),
    ],
)
async def test_what_is_not_written_gets_a_kind_sentence(
    hall: Room, content: dict[str, dict[str, object]], sentence: str
) -> None:
    amina = await hall.councillor()
    name, fields = next(iter(content.items()))
    sizes = {"width": 1, "height": 1, "is_animated": False, "is_video": False} if name == "sticker" else {}
    sent = {name: {"file_id": "f", "file_unique_id": "u", **sizes, **fields}}
    assert await amina.send(**sent) == [f"Merci ! Je ne lis que les messages écrits. {sentence}"]
    await ask(hall, "/idees Une idée ?")
    written = "Merci ! Je ne lis que les messages écrits. Écrivez votre réponse avec vos mots."
    assert await amina.send(**sent) == [written]
    await bruno(hall).write("/fermer 1")
    await bruno(hall).write("/fermer")
    await bruno(hall).write("/fermer 3")
    waiting = "Merci ! Je ne lis que les messages écrits. Aucune question n’est ouverte pour l’instant."
    assert await amina.send(**sent) == [waiting]
