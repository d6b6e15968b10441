"""Ask the language model of the settings, if there is one, to name three ideas of our own: does it answer as it should?"""

from __future__ import annotations

from analysis.rewording import accepted
from app.commands.check_findings import Finding, Level
from app.rewording import OUTAGES, rewording_of
from app.settings import Settings

SUBJECT = "rewording"
IDEAS = ("Des bus gratuits le soir", "Plus de bus la nuit pour les jeunes", "Le bus de nuit jusqu’à la gare")


async def check_rewording(settings: Settings) -> list[Finding]:
    """Nothing without a model; a warning at most, since names are found without it."""
    model = rewording_of(settings)
    if model is None:
        return []
    named = f"{settings.analysis.rewording_model} at {settings.analysis.rewording_url}"
    try:
        answer = await model.try_it("Bus", IDEAS)
    except OUTAGES as trouble:
        hint = "themes keep the names that are found; correct analysis.rewording_url, _model or the key to have them reworded"
        return [Finding(Level.WARNING, SUBJECT, f"{named} did not answer ({type(trouble).__name__})", hint)]
    label = accepted(answer, IDEAS)
    if not label:
        hint = "its names would be dropped: two to five words of the ideas are asked for; another model may do better"
        return [Finding(Level.WARNING, SUBJECT, f"{named} answered what cannot be shown", hint)]
    return [
        Finding(Level.GOOD, SUBJECT, f"{named} names three ideas of ours « {label} »; it will be sent people’s ideas")
    ]
