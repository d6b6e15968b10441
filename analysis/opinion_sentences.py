"""What the votes say, in sentences that anybody in the room understands."""

import re
from collections.abc import Iterator, Mapping, Sequence

from analysis.opinion_statistics import LEAST_VOTES, Contrast, Shared
from analysis.opinion_views import GroupView, Opinions, StatementView, Verdict
from analysis.opinion_votes import LEAST_PEOPLE, LEAST_STATEMENTS, votes_needed

TOLD = 5
"""Statements told of each kind."""

TOLD_OF_GROUP = 3

LONGEST = 160
"""Characters of a statement quoted in a sentence."""

_NUMBERS = ("zéro", "un", "deux", "trois", "quatre", "cinq")


def tell(opinions: Opinions, texts: Mapping[str, str]) -> tuple[str, ...]:
    """The whole study as sentences, from the room to the doubts."""
    return tuple(_told(opinions, texts))


def _told(opinions: Opinions, texts: Mapping[str, str]) -> Iterator[str]:
    views = opinions.statements
    yield of_room(len(opinions.people), len(views), opinions.votes)
    yield of_verdict(opinions.verdict, opinions.groups, opinions.between, len(views))
    if opinions.groups and opinions.unplaced:
        yield of_unplaced(opinions.unplaced)
    told: set[int] = set()
    for group in opinions.groups:
        # With two groups what one says is what the other does not: each statement is told once.
        for contrast in [c for c in group.contrasts if c.statement not in told][:TOLD_OF_GROUP]:
            told.add(contrast.statement)
            yield of_contrast(contrast, group.name, views[contrast.statement].statement, texts)
    for item in opinions.consensus[:TOLD]:
        yield of_shared(item, bool(opinions.groups), views[item.statement].statement, texts)
    for place in opinions.divisive[:TOLD]:
        yield of_divisive(views[place], texts)
    for place in opinions.puzzling[:TOLD]:
        yield of_puzzling(views[place], texts)
    if silent := sum(view.votes < LEAST_VOTES for view in views):
        yield of_silence(silent)


def quoted(statement: str, texts: Mapping[str, str]) -> str:
    """« Text of the statement », shortened, or its number when the text is not known."""
    # A quotation inside a quotation takes the second rank of French marks.
    text = " ".join(texts.get(statement, "").split())
    text = re.sub(r"\s*»", "”", re.sub(r"«\s*", "“", text))
    if not text:
        return f"l’affirmation {statement}"
    if len(text) > LONGEST:
        text = text[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"
    return f"« {text} »"


def percent(share: float) -> str:
    """« 83 % »; never « 0 % » nor « 100 % » for a share that is not exactly so."""
    rounded = round(100 * share)
    if rounded == 0 and share > 0:
        return "moins de 1 %"
    if rounded == 100 and share < 1:
        return "plus de 99 %"
    return f"{rounded} %"


def of_room(people: int, statements: int, votes: int) -> str:
    """How many voted on what."""
    return (
        f"{_counted(people, 'personne a', 'personnes ont')} voté sur "
        f"{_counted(statements, 'affirmation', 'affirmations')}, soit {_counted(votes, 'vote', 'votes')}."
    )


def of_verdict(verdict: Verdict, groups: Sequence[GroupView], between: float, statements: int) -> str:
    """Whether there are groups, and how sharp they are; or what it would take to look for them."""
    if verdict is Verdict.TOO_FEW:
        asked, needed = max(statements, LEAST_STATEMENTS), votes_needed(max(statements, LEAST_STATEMENTS))
        return (
            f"Il y a trop peu de votes pour parler de groupes : il faut {LEAST_PEOPLE} personnes "
            f"qui aient voté chacune sur {needed} affirmations au moins"
            f"{'' if asked == statements else f', parmi {asked}'}."
        )
    if verdict is Verdict.NONE:
        return (
            "Les votes ne dessinent pas de groupes : ce qu’une personne pense d’une affirmation "
            "n’aide pas assez à deviner ce qu’elle pense des autres."
        )
    shares = ", ".join(f"groupe {group.name} : {_counted(group.size, 'personne', 'personnes')}" for group in groups)
    start = f"Les votes dessinent {_NUMBERS[len(groups)]} groupes d’opinion ({shares})."
    if between < 0.1:
        return f"{start} Presque tout le monde se range nettement dans l’un d’eux."
    return f"{start} Les frontières sont floues : {percent(between)} des personnes sont entre deux groupes."


def of_unplaced(count: int) -> str:
    """People who voted too little to be placed."""
    return (
        f"{_counted(count, 'personne a', 'personnes ont')} trop peu voté pour être placées."
        if count != 1
        else ("1 personne a trop peu voté pour être placée.")
    )


def of_contrast(contrast: Contrast, name: str, statement: str, texts: Mapping[str, str]) -> str:
    """What one group says more than the others."""
    stance = "d’accord avec" if contrast.direction > 0 else "contre"
    return (
        f"Le groupe {name} est plutôt {stance} {quoted(statement, texts)} : {percent(contrast.share)} dans ce groupe, "
        f"{percent(contrast.elsewhere)} chez les autres."
    )


def of_shared(item: Shared, grouped: bool, statement: str, texts: Mapping[str, str]) -> str:
    """What everybody supports, or rejects."""
    verb = "approuvé" if item.direction > 0 else "rejeté"
    told = quoted(statement, texts)
    start = f"{_capitalised(told)} est {verb}{'' if told.startswith('«') else 'e'}"
    if grouped:
        return f"{start} par la majorité de chaque groupe (au moins {percent(item.weakest)})."
    return f"{start} par {percent(item.weakest)} des votants."


def of_divisive(view: StatementView, texts: Mapping[str, str]) -> str:
    """What splits the room."""
    return (
        f"{_capitalised(quoted(view.statement, texts))} partage la salle : "
        f"{percent(view.agree)} pour, {percent(view.disagree)} contre."
    )


def of_puzzling(view: StatementView, texts: Mapping[str, str]) -> str:
    """What many did not decide on."""
    return f"{_capitalised(quoted(view.statement, texts))} laisse dans le doute : {percent(view.passed)} ont passé."


def of_silence(count: int) -> str:
    """Statements of which nothing is said."""
    start = _counted(count, "affirmation a", "affirmations ont")
    return f"{start} reçu moins de {LEAST_VOTES} votes : rien n’en est dit."


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count < 2 else many}"


def _capitalised(text: str) -> str:
    return text[0].upper() + text[1:]
