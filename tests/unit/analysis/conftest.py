"""Ideas of an imaginary workshop, written for these tests, on four subjects."""

import pytest

BUSES = [
    "Plus de bus le soir après vingt heures",
    "Des bus de nuit le week-end",
    "Il manque une ligne de bus vers l'hôpital",
    "Baisser le prix du ticket de bus pour les jeunes",
    "Un arrêt de bus devant le collège",
    "Le bus ne passe jamais à l'heure",
    "Des transports en commun gratuits pour tous",
    "Développer les transports en commun entre les quartiers",
    "Les transports en commun sont trop chers",
    "Augmenter la fréquence des bus aux heures de pointe",
]
CHILDCARE = [
    "Ouvrir une crèche dans le quartier",
    "Des places en crèche pour les mères qui cherchent du travail",
    "La crèche ferme trop tôt pour les parents",
    "Une halte-garderie le samedi matin",
    "Aider les parents à faire garder leurs enfants",
    "Plus de places de crèche à horaires décalés",
    "Créer une garderie associative avec des parents volontaires",
    "Des assistantes maternelles formées et mieux payées",
    "Garde d'enfants pendant les formations des parents",
    "Une crèche ouverte la nuit pour les parents qui travaillent",
]
HOUSING = [
    "Réparer les ascenseurs en panne dans les immeubles",
    "L'ascenseur de la tour est toujours en panne",
    "Isoler les logements contre le froid",
    "Les logements sont humides et froids en hiver",
    "Baisser les loyers des logements sociaux",
    "Rénover les halls d'immeuble et les cages d'escalier",
    "Le bailleur doit répondre quand un logement a une fuite",
    "Trop d'attente pour obtenir un logement social",
    "Des logements adaptés aux personnes handicapées",
    "Refaire l'isolation et les fenêtres des immeubles",
]
SPORT = [
    "Un terrain de football éclairé le soir",
    "Rouvrir la piscine municipale",
    "Des cours de sport gratuits pour les filles",
    "Le gymnase est fermé pendant les vacances",
    "Aider les clubs sportifs à acheter du matériel",
    "Un terrain de basket près de la place",
    "Des tournois de football entre quartiers",
    "La piscine est trop chère pour les familles",
    "Former des jeunes à devenir entraîneurs sportifs",
    "Ouvrir le gymnase aux associations sportives le dimanche",
]


@pytest.fixture
def subjects() -> list[list[str]]:
    """Four lists of ten ideas on buses, childcare, housing and sport."""
    return [BUSES, CHILDCARE, HOUSING, SPORT]


@pytest.fixture
def ideas(subjects: list[list[str]]) -> list[str]:
    """The forty ideas, subject after subject."""
    return [idea for subject in subjects for idea in subject]
