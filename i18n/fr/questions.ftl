### Ce que dit chaque type de question. Les sources sont en français ; « en » suit les mêmes clés.

question-single = Choix unique
    .instruction = Touchez votre choix. Vous pouvez changer d’avis jusqu’à la fermeture.
    .noted = ✔ Noté : { $choice }

question-multiple = Choix multiple
    .instruction =
        { $at_most ->
            [one] Touchez un choix. Vous pouvez changer d’avis jusqu’à la fermeture.
           *[other] Touchez jusqu’à { $at_most } choix. Touchez-en un à nouveau pour l’enlever.
        }
    .noted =
        { $left ->
            [0] ✔ Noté : { $choice }
            [one] ✔ Noté : { $choice }. Encore un choix possible.
           *[other] ✔ Noté : { $choice }. Encore { $left } choix possibles.
        }
    .emptied = Vous n’avez plus aucun choix.

question-ideas = Idées
    .instruction = Écrivez votre idée ci-dessous. Une idée par message, autant que vous voulez.
    .noted = ✔ Merci !

question-words = Mots
    .instruction = Écrivez jusqu’à { $at_most } mots ci-dessous, séparés par des virgules.
    .noted =
        { $left ->
            [0] ✔ Noté : { $words }
            [one] ✔ Noté : { $words }. Encore un mot possible.
           *[other] ✔ Noté : { $words }. Encore { $left } mots possibles.
        }
    .clear = Effacer mes mots
    .cleared = Vos mots sont effacés. Écrivez-en d’autres.
