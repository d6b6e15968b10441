"""The material of a simulated workshop, written by us: ideas, words, leanings, first names and manners."""

from rehearsal.scenario.behaviour import Behaviour, Pace
from rehearsal.scenario.ideas import Idea, Theme, Topic
from rehearsal.scenario.scenario import Scenario, load_scenario
from rehearsal.scenario.votes import Leanings
from rehearsal.scenario.words import WordGroup

__all__ = [
    "Behaviour",
    "Idea",
    "Leanings",
    "Pace",
    "Scenario",
    "Theme",
    "Topic",
    "WordGroup",
    "load_scenario",
]
