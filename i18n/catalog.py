"""Finds the sentence for a key in a language and fills it in; French answers for a language that lacks one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fluent.runtime import FluentBundle, FluentResource

from participation.errors import Refusal
from participation.questions.kit import Phrase

SOURCE = "fr"
FOLDER = Path(__file__).parent
SAID_REMEMBERED = 4096
SHORT = 200
LONG = 2000
STAND_INS = 0xE000
"""Private use: `clean` takes these away at the door."""


class MissingSentence(KeyError):
    """No language has this key: our mistake, found by the tests."""


@dataclass(frozen=True)
class Catalog:
    """Every sentence in every language."""

    bundles: Mapping[str, FluentBundle]
    _said: dict[tuple[object, ...], str] = field(default_factory=dict, repr=False, compare=False)
    """Short sentences said lately: a hall of three hundred people hears the same four."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of the languages spoken, French first."""
        return tuple(sorted(self.bundles, key=lambda code: (code != SOURCE, code)))

    def closest(self, wanted: str | None) -> str:
        """The language spoken that is nearest to what a phone says (« pt-BR », « fr »…)."""
        code = (wanted or SOURCE).split("-")[0].lower()
        return code if code in self.bundles else SOURCE

    def say(self, language: str, key: str, details: Mapping[str, object]) -> str:
        """The sentence `key` (or `key.attribute`); a variable without its value is an error, not a hole."""
        wanted = (language, key, *details.items())
        text = self._said.get(wanted)
        if text is None:
            text = self._format(language, key, details)
            if len(self._said) >= SAID_REMEMBERED:
                self._said.clear()
            if len(text) <= SHORT:
                self._said[wanted] = text
        return text

    def _format(self, language: str, key: str, details: Mapping[str, object]) -> str:
        short, long = _apart(details)
        for code in (language, SOURCE):
            pattern = self._pattern(code, key)
            if pattern is not None:
                text, problems = self.bundles[code].format_pattern(pattern, short)
                if problems:
                    raise MissingSentence(f"{key} in {code}: {problems}")
                return "".join(long.get(sign, sign) for sign in str(text)) if long else str(text)
        raise MissingSentence(key)

    def _pattern(self, language: str, key: str) -> Any | None:  # fluent's own pattern type is not public
        name, _, attribute = key.partition(".")
        bundle = self.bundles.get(language)
        if bundle is None or not bundle.has_message(name):
            return None
        message = bundle.get_message(name)
        return message.attributes.get(attribute) if attribute else message.value


def _apart(details: Mapping[str, object]) -> tuple[dict[str, object], dict[str, str]]:
    """What fills in a sentence, and the texts too long for Fluent, which takes 2 500 characters at most: an announcement
    with signs to escape has more. One sign stands for each of them, of those that no text which entered may hold."""
    short, long = dict(details), {}
    for number, (name, value) in enumerate(details.items()):
        if isinstance(value, str) and len(value) > LONG:
            sign = chr(STAND_INS + number)
            short[name], long[sign] = sign, value
    return short, long


@dataclass(frozen=True)
class Voice:
    """One language and one time zone, to speak to one person: fills in texts, numbers, lists and local times."""

    catalog: Catalog
    language: str = SOURCE
    zone: ZoneInfo = ZoneInfo("UTC")  # noqa: RUF009 -- an immutable value
    now: datetime | None = None
    """The moment the speaker lives in; None: ask the machine."""

    def __call__(self, key: str, **details: object) -> str:
        return self.catalog.say(self.language, key, {name: self._plain(value) for name, value in details.items()})

    def phrase(self, phrase: Phrase) -> str:
        """A phrase of the rules, said."""
        return self(phrase.key, **phrase.details)

    def refusal(self, refusal: Refusal) -> str:
        """A refusal of the rules, said politely."""
        return self(refusal.key, **refusal.details)

    def clock(self, moment: datetime) -> str:
        """A moment as the workshop's own clock shows it (« 14:30 »; with the date when it is another day)."""
        local = moment.astimezone(self.zone)
        return f"{local:%H:%M}" if self._is_today(local) else f"{local:%d/%m/%Y %H:%M}"

    def moment(self, moment: datetime) -> str:
        """A moment inside a sentence: « à 14:30 », « le 24/11/2026 à 14:30 » when it is another day."""
        local = moment.astimezone(self.zone)
        if self._is_today(local):
            return self("moment-today", time=f"{local:%H:%M}")
        return self("moment-other-day", date=f"{local:%d/%m/%Y}", time=f"{local:%H:%M}")

    def _is_today(self, local: datetime) -> bool:
        return local.date() == (self.now or datetime.now(UTC)).astimezone(self.zone).date()

    def _plain(self, value: object) -> object:
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, tuple | list):
            return ", ".join(str(item) for item in value)
        if value is None:
            return ""
        return value if isinstance(value, int | float) else str(value)


def load_catalog(folder: Path = FOLDER) -> Catalog:
    """Read every `<language>/*.ftl` of the folder."""
    bundles = {}
    for place in sorted(path for path in folder.iterdir() if path.is_dir() and any(path.glob("*.ftl"))):
        bundle = FluentBundle([place.name], use_isolating=False)
        for file in sorted(place.glob("*.ftl")):
            bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
        bundles[place.name] = bundle
    return Catalog(bundles)
