### Ce que dit chaque type de question. Les sources sont en français ; « en » suit les mêmes clés.

question-choice = Votre choix

question-single = Choix unique
    .command = sondage
    .menu = Poser une question à un seul choix
    .usage =
        Écrivez la question, puis les choix, séparés par une barre :
        <code>/sondage On continue ? | Oui | Non</code>
    .instruction = Touchez votre choix. Vous pouvez changer d’avis jusqu’à la fermeture.
    .noted = ✔ Noté : { $choice }

question-multiple = Choix multiple
    .command = choix
    .menu = Poser une question à plusieurs choix
    .usage =
        Écrivez le maximum, la question, puis les choix :
        <code>/choix 2 Quels thèmes ? | École | Emploi | Santé</code>
    .instruction =
        { $at_most ->
            [one] Touchez un choix. Vous pouvez changer d’avis jusqu’à la fermeture.
           *[other] Touchez jusqu’à { $at_most } choix. Touchez-en un à nouveau pour l’enlever.
        }
    .noted =
        { $left ->
            [0] ✔ Noté : { $choice }
            [one] ✔ Noté : { $choice }. Encore un choix possible.
           *[other] ✔ Noté : { $choice }. Encore { $left } choix possibles.
        }
    .emptied = Vous n’avez plus aucun choix.

question-ideas = Idées
    .command = idees
    .menu = Demander des idées
    .usage =
        Écrivez la question :
        <code>/idees Que changer dans le quartier ?</code>
    .instruction = Écrivez votre idée ci-dessous. Une idée par message, autant que vous voulez.
    .noted = ✔ Merci !

question-words = Mots
    .given = Vos mots
    .command = mots
    .menu = Demander un à trois mots
    .usage =
        Écrivez la question :
        <code>/mots Un mot pour dire la journée ?</code>
    .instruction = Écrivez jusqu’à { $at_most } mots ci-dessous, séparés par des virgules.
    .noted =
        { $left ->
            [0] ✔ Noté : { $words }
            [one] ✔ Noté : { $words }. Encore un mot possible.
           *[other] ✔ Noté : { $words }. Encore { $left } mots possibles.
        }
    .clear = Effacer mes mots
    .cleared = Vos mots sont effacés. Écrivez-en d’autres.
