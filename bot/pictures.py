"""The messages that carry what the analysis engine made: clouds, themes, exports, and the apology when it failed."""

from collections.abc import Sequence

from bot.calls import Call
from bot.messages import CAPTION_UNITS, Html, cut, pages, paragraphs, say, typed, units
from i18n import Voice
from participation.actions.viewing import Board, ThemeView, biggest_first
from participation.model.activity import Activity
from participation.model.text import excerpt
from participation.model.workshop import Workshop

WORDS_AS_TEXT = 20
QUESTION_UNITS = 300
QUOTE_LENGTH = 180
LABEL_UNITS = 80
FRAGILE_BELOW = 0.5


def cloud_calls(
    voice: Voice, activity: Activity, lines: Sequence[tuple[str, int]], picture_id: int | None, address: int
) -> list[Call]:
    """The cloud, and its twenty biggest words as text for those who cannot see the picture."""
    question = cut(activity.question.text, QUESTION_UNITS)
    words = ", ".join(f"{word} ({n})" for word, n in lines[:WORDS_AS_TEXT])
    caption = say(voice, "bot-cloud-caption", number=activity.number, question=question)
    text = say(voice, "bot-cloud-words", words=cut(words, 2500))
    if picture_id is None:
        return [_text(address, paragraphs(caption, text))]
    return [_photo(address, picture_id, caption), _text(address, text)]


def comparison_calls(
    voice: Voice,
    left: Activity,
    right: Activity,
    lines: Sequence[str],
    picture_id: int | None,
    address: int,
) -> list[Call]:
    """The cloud of two questions, and what it shows in sentences."""
    caption = say(voice, "bot-comparison-caption", left=left.number, right=right.number)
    text = Html("\n".join(typed(line) for line in lines))
    if picture_id is None:
        return [_text(address, paragraphs(caption, text))]
    return [_photo(address, picture_id, caption), _text(address, text)]


def themes_calls(voice: Voice, activity: Activity, board: Board, picture_id: int | None, address: int) -> list[Call]:
    """The themes by size, each with two ideas in people's own words; how much they cover; how to read them; the picture."""
    question = cut(activity.question.text, QUESTION_UNITS)
    head = say(voice, "bot-themes-head", number=activity.number, question=question)
    tail = paragraphs(
        _coverage(voice, board), _fragile(voice, board), _reworded(voice, board), say(voice, "bot-themes-guard")
    )
    blocks = [_theme(voice, view) for view in biggest_first(board.themes)]
    calls = [_text(address, text) for text in pages(head, [*blocks, tail])]
    if picture_id is not None:
        caption = say(voice, "bot-themes-caption", number=activity.number, question=question)
        calls.append(_photo(address, picture_id, caption))
    return calls


def meanwhile_calls(voice: Voice, activity: Activity, last: Board, address: int) -> list[Call]:
    """What was found last, and when: nobody stands in front of a room with nothing while the next is long to compute."""
    if not last.themes or last.grouped_at is None:
        return []
    head = _text(address, say(voice, "bot-themes-meanwhile", at=last.grouped_at))
    return [head, *themes_calls(voice, activity, last, None, address)]


def export_calls(voice: Voice, workshop: Workshop, book_id: int, plain_id: int, address: int) -> list[Call]:
    """The workshop's tables: the workbook that a phone opens, then the same as CSV for other programs."""
    return [
        _document(address, book_id, say(voice, "bot-export-ready", title=workshop.title)),
        _document(address, plain_id, say(voice, "bot-export-plain")),
    ]


def failure_call(voice: Voice, incident: str, address: int) -> Call:
    """An apology with the number to give to whoever runs the machine."""
    return _text(address, say(voice, "bot-incident", incident=incident))


def _theme(voice: Voice, view: ThemeView) -> Html:
    label = cut(view.theme.label, LABEL_UNITS)
    quotes = [say(voice, "bot-theme-quote", text=excerpt(idea.text, QUOTE_LENGTH)) for idea in view.quotes]
    return Html("\n".join([_title(voice, "bot-theme", view, label), *quotes]))


def theme_line(voice: Voice, view: ThemeView) -> Html:
    """One theme on one line: its name, how many ideas, how stable."""
    return _title(voice, "bot-theme-line", view, cut(view.theme.label, LABEL_UNITS))


def standing_themes(voice: Voice, board: Board, most: int) -> Html:
    """The last grouping as it stands: its time, its themes by size, what they cover, how to read them."""
    head = say(voice, "bot-themes-standing", at=board.grouped_at)
    lines = Html("\n".join(theme_line(voice, view) for view in biggest_first(board.themes)[:most]))
    tail = [_coverage(voice, board), _reworded(voice, board), say(voice, "bot-themes-guard")]
    return paragraphs(head if board.grouped_at else "", lines, *tail)


def _title(voice: Voice, key: str, view: ThemeView, label: str) -> Html:
    stability, ideas = view.theme.stability, len(view.ideas)
    if stability is None:  # a theme made by people
        return say(voice, key, label=label, ideas=ideas)
    return say(voice, _STABLE[key], label=label, ideas=ideas, stability=round(stability * 100))


_STABLE = {"bot-theme": "bot-theme-stable", "bot-theme-line": "bot-theme-line-stable"}


def _coverage(voice: Voice, board: Board) -> Html:
    """How many ideas are in a theme, how many stand alone, how many answers say nothing."""
    inside, hollow = sum(len(view.ideas) for view in board.themes), len(board.loose_kinds.hollow)
    said = board.count - hollow
    covered = say(voice, "bot-themes-coverage", ideas=said, inside=inside, alone=len(board.loose) - hollow)
    aside = say(voice, "bot-themes-hollow", answers=hollow) if hollow else ""
    return Html(f"{covered} {aside}".strip())


def _fragile(voice: Voice, board: Board) -> Html:
    """The themes that another draw of the same ideas would not find again: to be read twice before being trusted."""
    labels = [
        view.theme.label
        for view in biggest_first(board.themes)
        if view.theme.stability is not None and view.theme.stability < FRAGILE_BELOW
    ]
    return say(voice, "bot-themes-fragile", labels=_quoted(labels)) if labels else Html("")


def _reworded(voice: Voice, board: Board) -> Html:
    """The names that a language model worded, said to be so."""
    labels = [theme.label for theme in board.reworded]
    return say(voice, "bot-themes-reworded", labels=_quoted(labels)) if labels else Html("")


def _quoted(labels: Sequence[str]) -> str:
    return ", ".join(f"«\u00a0{label}\u00a0»" for label in labels)


def _text(address: int, text: Html) -> Call:
    params = {
        "chat_id": address,
        "text": str(text),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    return Call("sendMessage", params)


def _document(address: int, document_id: int, caption: Html) -> Call:
    params = {"chat_id": address, "caption": str(caption), "parse_mode": "HTML"}
    return Call("sendDocument", params, ("document", document_id))


def _photo(address: int, picture_id: int, caption: Html) -> Call:
    if units(caption) > CAPTION_UNITS:
        raise ValueError("a caption over the limit of the Bot API")
    return Call("sendPhoto", {"chat_id": address, "caption": str(caption), "parse_mode": "HTML"}, ("photo", picture_id))
