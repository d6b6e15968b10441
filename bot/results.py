"""Says a result in a message, by the shape it has: bars, words, ideas."""

from bot.messages import Html, cut, paragraphs, say, typed
from i18n import Voice
from participation.questions.kit import Bar, Bars, Ideas, Result, Words

BAR_WIDTH = 10
LABEL_UNITS = 90
WORDS_SHOWN = 20


def result_text(voice: Voice, question: str, result: Result) -> Html:
    """A question and its figures, in words that read well aloud."""
    return paragraphs(Html(f"<b>{typed(question)}</b>"), _figures(voice, result))


def percent(voice: Voice, value: int) -> str:
    """A share as people write it: « 62 % »."""
    return voice("percent", value=value)


def words_line(counts: tuple[tuple[str, int], ...]) -> str:
    """The most given words, each with its number when it was given more than once."""
    return ", ".join(f"{word} ({n})" if n > 1 else word for word, n in counts[:WORDS_SHOWN])


def _figures(voice: Voice, result: Result) -> Html:
    match result:
        case Bars():
            return _bars(voice, result)
        case Words():
            return _words(voice, result)
        case Ideas():
            return say(voice, "bot-result-ideas", voters=result.voters)


def _bars(voice: Voice, result: Bars) -> Html:
    rows = [_bar(voice, result, bar, value) for bar, value in zip(result.rows, result.percents(), strict=True)]
    total = say(voice, "bot-result-voters", voters=result.voters)
    several = say(voice, "bot-result-several") if result.several else ""
    return paragraphs(Html("\n".join(rows)), Html(f"{total} {several}".strip()))


def _bar(voice: Voice, result: Bars, bar: Bar, value: int) -> Html:
    share = result.share(bar)
    full = round(share * BAR_WIDTH)
    drawn = "█" * full + "░" * (BAR_WIDTH - full)
    figures = say(voice, "bot-result-bar", share=percent(voice, value), votes=bar.votes)
    return Html(f"{typed(bar.label, LABEL_UNITS)}\n{drawn} {figures}")


def _words(voice: Voice, result: Words) -> Html:
    total = say(voice, "bot-result-voters", voters=result.voters)
    if not result.counts:
        return total
    return paragraphs(typed(cut(words_line(result.counts), 2000)), total)
