"""The table of commands: accents and capitals are accepted, names are unique, menus are what Telegram accepts."""

import re
from pathlib import Path

import pytest

from bot.commands import For, Typed, commands, read_command, table_of
from bot.menu import EVERYBODY, STEERING, menu_calls, role_menu
from i18n import Voice, load_catalog

CATALOG = load_catalog()
ALL = commands(CATALOG)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("/idees Que changer ?", Typed("idees", "Que changer ?")),
        ("/Idées   Que changer ?", Typed("idees", "Que changer ?")),
        ("/MES-RÉPONSES", Typed("mes_reponses", "")),
        ("/fermer@palabre_bot 2", Typed("fermer", "2")),
        ("/sondage\nOn continue ?\nOui\nNon", Typed("sondage", "On continue ?\nOui\nNon")),
        ("  /start ABC234 ", Typed("start", "ABC234")),
        ("/start", Typed("start", "")),
        ("bonjour", None),
        ("/", None),
        ("/ plus de bus", None),
        ("/!\\ Attention à l’école", None),
        ("50/50", None),
        ("/2 voies", None),
    ],
)
def test_reading_a_command(text: str, typed: Typed | None) -> None:
    assert read_command(text) == typed


def test_no_two_commands_answer_to_the_same_name() -> None:
    names = [name for command in ALL for name in (command.name, *command.aliases)]
    assert len(names) == len(set(names))
    assert set(table_of(ALL)) == set(names)


def test_the_commands_promised_are_there() -> None:
    promised = (
        "start mes_reponses langue quitter effacer aide atelier sondage choix idees mots apercu fermer rouvrir "
        "resultats participation relancer nuage themes cacher annonce ecran export inviter connexion ateliers"
    )
    assert {command.name for command in ALL} == set(promised.split())


def test_a_facilitators_command_that_needs_words_has_its_usage() -> None:
    needing = [command for command in ALL if command.needs_words]
    assert len(needing) == 7
    for command in needing:
        assert command.audience is For.FACILITATORS
        for language in CATALOG.languages:
            used = re.findall(r"<code>/(\w+)", CATALOG.say(language, command.usage, {}))
            assert used
            assert set(used) <= {command.name, *command.aliases}


def test_every_command_of_the_menus_exists_and_fits_what_telegram_accepts() -> None:
    known = table_of(ALL)
    menus = [call.params["commands"] for call in menu_calls(CATALOG)]
    menus += [role_menu(Voice(CATALOG, language), 5).params["commands"] for language in CATALOG.languages]
    for menu in menus:
        assert len(menu) <= 100
        for entry in menu:
            assert re.fullmatch(r"[a-z0-9_]{1,32}", entry["command"])
            assert entry["command"] in known
            assert 1 <= len(entry["description"]) <= 256
    assert {known[name].audience for name in EVERYBODY} == {For.EVERYBODY}
    assert set(STEERING) - set(known) == set()


@pytest.mark.parametrize("language", CATALOG.languages)
@pytest.mark.parametrize("key", ["bot-help", "bot-help-facilitator"])
def test_every_command_named_by_the_help_exists(language: str, key: str) -> None:
    text = re.sub(r"</\w+>", "", CATALOG.say(language, key, {}))
    named = re.findall(r"/([a-z_]+)", text)
    assert len(named) >= 5
    assert set(named) <= set(table_of(ALL))


def test_the_page_to_print_names_every_command_of_a_facilitator_and_no_other() -> None:
    page = (Path(__file__).parents[3] / "docs" / "facilitateur.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`/([a-z_]+)", page))
    assert named <= set(table_of(ALL))
    assert {c.name for c in ALL if c.audience is For.FACILITATORS} - named == {"apercu"}


@pytest.mark.parametrize("language", CATALOG.languages)
def test_the_facilitators_help_names_every_command_of_theirs(language: str) -> None:
    text = re.sub(r"</\w+>", "", CATALOG.say(language, "bot-help-facilitator", {}))
    named = set(re.findall(r"/([a-z_]+)", text))
    forgotten = [c.name for c in ALL if c.audience is For.FACILITATORS and not named & {c.name, *c.aliases}]
    assert forgotten == ["apercu"]  # the buttons of the preview itself say it
