### Le classeur qu’on télécharge : ses feuilles et leurs colonnes.

table-answers = Réponses
table-ideas = Idées
table-results = Résultats
table-column-activity = Question n°
table-column-type = Type
table-column-question = Question
table-column-member = Personne n°
table-column-answer = Réponse
table-column-answered_at = Répondu le ({ $zone })
table-column-id = Idée n°
table-column-text = Idée
table-column-theme = Thème
table-column-created_at = Écrite le ({ $zone })
table-column-same_as = Même idée que le n°
table-column-label = Choix, mot ou thème
table-column-count = Nombre
table-column-voters = Personnes qui ont répondu
table-column-share = Part
