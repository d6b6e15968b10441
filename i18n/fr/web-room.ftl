### La page projetée d’un atelier, et ce que les pages disent des chiffres.

web-joined =
    { $n ->
        [0] Personne n’a encore rejoint
        [one] { $n } personne a rejoint
       *[other] { $n } personnes ont rejoint
    }
web-question-number = Question { $n }
web-phase-draft = Brouillon
web-phase-scheduled = Bientôt
web-phase-open = Ouverte
web-phase-closed = Fermée
web-progress =
    { $answered ->
        [one] { $answered } réponse sur { $expected }
       *[other] { $answered } réponses sur { $expected }
    }
web-opens-at = Ouvre { $at }
web-closes-at = Ferme { $at }
web-masked-scheduled = Préparez-vous, cela ouvre bientôt.
web-masked-open = Les résultats seront montrés plus tard.
web-masked-closed = C’est fermé. Les résultats ne sont pas encore montrés.
web-percent = { $n } %
web-votes =
    { $n ->
        [0] aucune voix
        [one] { $n } voix
       *[other] { $n } voix
    }
web-several = Plusieurs choix possibles : le total dépasse 100 %.
web-word-said =
    { $n ->
        [one] { $n } fois
       *[other] { $n } fois
    }
web-more-words =
    { $n ->
        [one] et un autre mot
       *[other] et { $n } autres mots
    }
web-ideas =
    { $n ->
        [0] aucune idée
        [one] { $n } idée
       *[other] { $n } idées
    }
web-no-idea = Les idées arriveront ici.
web-no-word = Les mots arriveront ici.
web-more-themes =
    { $n ->
        [one] et un autre thème
       *[other] et { $n } autres thèmes
    }
web-coverage =
    { $n ->
        [one] Un thème, { $percent } % des idées
       *[other] { $n } thèmes, { $percent } % des idées
    }
web-loose-why = Hors des thèmes : { $parts }
web-cloud-title = Nuage de mots. Les plus donnés : { $words }
web-screen-cloud = Nuage
web-themes-guard = Ces groupes aident à lire, ils ne votent pas.
web-themes-reworded = Reformulés par un modèle de langage, avec les mots des idées : { $labels }.
web-said-share = { $label } { $percent } %
web-said-bars =
    { $voters ->
        [one] { $voters } réponse. { $shares }.
       *[other] { $voters } réponses. { $shares }.
    }
web-said-words =
    { $voters ->
        [one] { $voters } réponse. Les mots les plus donnés : { $words }.
       *[other] { $voters } réponses. Les mots les plus donnés : { $words }.
    }

web-screen-title = { $title } — écran
web-screen-scan = Scannez ce code avec votre téléphone
web-screen-or = ou cherchez { $at } dans Telegram et envoyez
web-screen-rail = Scannez, ou cherchez { $at } dans Telegram
web-screen-code = Code de l’atelier
web-screen-qr = QR code pour rejoindre l’atelier { $code }
web-screen-link-lost = Connexion perdue, nouvel essai…
web-screen-link-found = En direct
web-screen-paused = En pause
web-screen-full = Plein écran
web-screen-join = QR code
web-screen-pause = Pause
web-screen-tools = Outils de l’écran
web-screen-left = Temps restant
web-screen-no-script = Cette page a besoin de JavaScript pour bouger toute seule. Rechargez-la pour voir où en est l’atelier.
