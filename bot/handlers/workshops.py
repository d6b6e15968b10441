"""Opening a workshop and finding one's way: its door, its screen, invitations, sign-in, one's other workshops."""

import io
import unicodedata

import segno

from bot.context import Turn
from bot.keyboards import Key
from bot.messages import say
from participation.actions import steering
from participation.errors import OrganisersOnly, TitleMissing, UnknownRole
from participation.model.people import Role
from participation.model.text import clean
from participation.model.workshop import Workshop

QR_SCALE = 12
QR_BORDER = 4
LISTED = 12


def create(turn: Turn, argument: str) -> None:
    """/atelier TITRE: the code, the links, and the picture to project."""
    title = clean(argument)
    if not title:
        raise TitleMissing()
    workshop = steering.create_workshop(turn.tx, turn.known(), title, turn.house.policy, turn.now)
    link, screen = turn.house.join_link(workshop.code), turn.house.screen_link(workshop.code)
    turn.say("bot-workshop-created", title=workshop.title, code=workshop.code, link=link, screen=screen)
    send_qr(turn, workshop)
    turn.say("bot-workshop-next")


def send_qr(turn: Turn, workshop: Workshop) -> None:
    """The picture that phones read, with the code under it."""
    picture = qr_png(turn.house.join_link(workshop.code))
    caption = say(turn.voice, "bot-workshop-qr", title=workshop.title, code=workshop.code)
    turn.photo(f"palabre-{workshop.code}.png", picture, caption)


def qr_png(link: str) -> bytes:
    """A QR code as a PNG large enough for a projector."""
    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(out, kind="png", scale=QR_SCALE, border=QR_BORDER)
    return out.getvalue()


def invite(turn: Turn, argument: str) -> None:
    """/inviter ROLE: a one-time link; for a role of the workshop, or (organiser) of the whole installation."""
    person = turn.known()
    role = read_role(argument)
    workshop_id: int | None = None
    if role is Role.ORGANISER:
        if person.role is not Role.ORGANISER:
            raise OrganisersOnly()
    elif person.role is not Role.ORGANISER or person.workshop_id is not None:
        workshop, _ = steering.steered(turn.tx, person)
        workshop_id = workshop.id
    secret = steering.invite(turn.tx, role, workshop_id, turn.house.policy, turn.now)
    hours = int(turn.house.policy.invitation.total_seconds() // 3600)
    turn.say("bot-invitation", role=turn.voice(f"role-{role.value}"), link=turn.house.join_link(secret), hours=hours)


def read_role(argument: str) -> Role:
    """A role as people type it, in any language spoken, with or without accents."""
    wanted = _folded(argument)
    for role in Role:
        if wanted in _ROLE_NAMES[role]:
            return role
    raise UnknownRole(given=clean(argument)[:40])


def sign_in(turn: Turn, _argument: str) -> None:
    """/connexion: a one-time link to the organiser's pages."""
    if turn.person is None:
        raise OrganisersOnly()
    secret = steering.sign_in_code(turn.tx, turn.person, turn.house.policy, turn.now)
    minutes = int(turn.house.policy.sign_in.total_seconds() // 60)
    turn.say("bot-sign-in", link=turn.house.sign_in_link(secret), minutes=minutes)


def mine(turn: Turn, _argument: str) -> None:
    """/ateliers: one's workshops, with a button to go to each."""
    person = turn.person
    found = turn.tx.workshops.of_person(person.id)[:LISTED] if person else []
    if person is None or not found:
        turn.say("bot-workshops-none")
        return
    rows = [
        [Key(turn.voice("bot-chosen", label=w.title) if w.id == person.workshop_id else w.title, f"switch:{w.id}")]
        for w, _ in found
    ]
    turn.say("bot-workshops", rows)


def _folded(text: str) -> str:
    bare = unicodedata.normalize("NFKD", clean(text)).casefold()
    return "".join(c for c in bare if not unicodedata.combining(c)).replace("·", "").strip()


_ROLE_NAMES = {
    Role.COUNCILLOR: ("conseiller", "conseillere", "councillor"),
    Role.FACILITATOR: ("animateur", "animatrice", "facilitateur", "facilitatrice", "facilitator"),
    Role.ORGANISER: ("organisateur", "organisatrice", "organiser", "organizer"),
    Role.CAPTAIN: ("capitaine", "captain"),
    Role.JUROR: ("jure", "juree", "juror"),
    Role.SPONSOR: ("parrain", "marraine", "sponsor"),
    Role.OBSERVER: ("observateur", "observatrice", "observer"),
}
