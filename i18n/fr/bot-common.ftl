### Ce qui sert partout : heures, durées, pourcentages, noms des rôles et des langues.

language-name = Français
moment-today = à { $time }
moment-other-day = le { $date } à { $time }
percent = { $value } %
bot-span-seconds =
    { $count ->
        [one] { $count } seconde
       *[other] { $count } secondes
    }
bot-span-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
bot-chosen = ✔ { $label }

role-councillor = conseillère ou conseiller
role-facilitator = animatrice ou animateur
role-organiser = organisatrice ou organisateur
role-captain = capitaine de table
role-juror = membre du jury
role-sponsor = marraine ou parrain
role-observer = observatrice ou observateur
