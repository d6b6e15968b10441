### Le bureau des organisateurs : entrer, mes ateliers, un atelier.

web-name = Palabre
web-skip = Aller au contenu
web-sign-out = Me déconnecter
web-home = Mes ateliers

web-door-title = Entrer
web-door-how = Demandez un lien de connexion au bot : envoyez-lui /connexion dans Telegram. Le lien sert une fois, pendant cinq minutes.
web-door-code = Lien reçu du bot
web-door-enter = Entrer
web-door-opening = Connexion en cours…
web-door-refused = Ce lien a déjà servi, ou il a plus de cinq minutes. Demandez-en un autre au bot : /connexion.
refusal-sign-in-needed = Connectez-vous d’abord : demandez un lien au bot en lui envoyant /connexion dans Telegram.

web-workshops-none = Vous n’animez aucun atelier pour l’instant. Créez-en un dans Telegram : /atelier suivi de son titre.
web-workshop-members =
    { $n ->
        [one] { $n } membre
       *[other] { $n } membres
    }
web-workshop-activities =
    { $n ->
        [0] aucune activité
        [one] { $n } activité
       *[other] { $n } activités
    }
web-workshop-of = Atelier du { $day }
web-workshop-code = Code { $code }
web-workshop-screen = Ouvrir l’écran à projeter
web-workshop-tables = Télécharger le classeur (Excel, LibreOffice)
web-workshop-answers = Télécharger les réponses (CSV)
web-workshop-ideas = Télécharger les idées (CSV)
web-workshop-tools = Écran et fichiers
web-workshop-list = Activités
web-no-activity = Aucune activité pour l’instant. Lancez-en une dans Telegram : /sondage, /choix, /idees ou /mots.
web-activity-heading = Question { $n } · { $type }
web-shown = Résultats montrés à la salle
web-not-shown = Résultats cachés à la salle
web-presence =
    { $joined ->
        [one] { $present } présent sur { $joined } inscrit
       *[other] { $present } présents sur { $joined } inscrits
    }
web-unreachable =
    { $n ->
        [one] { $n } personne que Telegram ne peut plus joindre
       *[other] { $n } personnes que Telegram ne peut plus joindre
    }
web-to-themes = Voir et corriger les thèmes
web-live = En direct
web-link-lost = Connexion perdue, nouvel essai…
web-no-script = Cette page a besoin de JavaScript.

web-welcome-title = Bienvenue
web-error-title = Cela n’a pas marché
web-error-back = Retour à mes ateliers
web-error-not-found = Cette page n’existe pas, ou n’est pas à vous.
web-error-method = Cette page ne se demande pas ainsi.
web-error-too-big = C’est trop gros pour nous.
web-error-request = Nous n’avons pas compris cette demande. Revenez en arrière et essayez encore.
web-error-form = Ce formulaire était ouvert depuis trop longtemps. Rechargez la page et essayez encore.
web-error-slow = La demande a mis trop de temps à arriver. Essayez encore.
web-error-later = Nous n’arrivons pas à répondre pour le moment. Rien n’est perdu : essayez encore dans quelques secondes.
web-error-incident = Une erreur de notre part nous en empêche, pardon. Essayez encore ; si cela recommence, donnez ce numéro à la personne qui s’occupe de Palabre : { $incident }.
