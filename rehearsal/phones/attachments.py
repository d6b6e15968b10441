"""What the attach menu of a phone sends: things nobody asked for, to see how the bot answers."""

import io
from collections.abc import Callable
from functools import cache
from typing import Any

from PIL import Image, ImageDraw

from rehearsal.botapi import Bot, Person

NOTES = "Notes de la réunion\n\n- ouvrir la salle plus tard\n- un goûter pour les enfants\n"
FORWARDED = "Réunion du conseil citoyen jeudi à 18 h, salle des fêtes. Faites passer !"
TOWN_OFFICE = {"type": "hidden_user", "sender_user_name": "Mairie de quartier", "date": 1_512_000_000}
TOWN_HALL = {"latitude": 48.8566, "longitude": 2.3522}
Sending = Callable[[Person, Bot], int]


@cache
def landscape() -> bytes:
    """A picture of our own: a tree on a hill in the evening."""
    image = Image.new("RGB", (800, 600), "#f2c79a")
    draw = ImageDraw.Draw(image)
    for line in range(420):
        draw.line([(0, line), (800, line)], fill=(242 - line // 9, 206 - line // 6, 170 - line // 12))
    draw.ellipse((560, 190, 680, 310), fill="#fff1d6")
    draw.ellipse((-300, 360, 700, 1100), fill="#2f6f5c")
    draw.ellipse((250, 420, 1300, 1200), fill="#245648")
    draw.rectangle((292, 300, 312, 420), fill="#4b3426")
    for left, top, size in ((200, 170, 130), (270, 130, 150), (320, 190, 110), (240, 220, 130)):
        draw.ellipse((left, top, left + size, top + size), fill="#3f8a6f")
    content = io.BytesIO()
    image.save(content, "JPEG", quality=88)
    return content.getvalue()


def contact_of(person: Person) -> dict[str, Any]:
    """One's own contact card, with a number that is nobody's."""
    return {"phone_number": "+33600000000", "first_name": person.user["first_name"], "user_id": person.id}


SENDINGS: dict[str, Sending] = {
    "sticker": lambda person, bot: person.sends_sticker("👍", bot=bot),
    "voice": lambda person, bot: person.sends_voice(b"OggS" + bytes(2000), seconds=4, bot=bot),
    "photo": lambda person, bot: person.sends_photo(landscape(), "Devant la salle", bot=bot),
    "contact": lambda person, bot: person.sends({"contact": contact_of(person)}, bot=bot),
    "location": lambda person, bot: person.sends({"location": TOWN_HALL}, bot=bot),
    "document": lambda person, bot: person.sends_document(NOTES.encode(), "notes.txt", bot=bot),
    "forward": lambda person, bot: person.sends({"forward_origin": TOWN_OFFICE, "text": FORWARDED}, bot=bot),
}
