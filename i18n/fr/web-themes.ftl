### La page où l’on relit et corrige les thèmes.

web-themes-title = Thèmes de la question { $n }
web-themes-back = Retour à l’atelier
web-themes-columns = Thèmes
web-to-sort = À classer
web-grouped-at = Groupées { $at }
web-not-grouped = Pas encore groupées
web-too-few = Il faut au moins { $needed } idées pour parler de thèmes.
web-fragile = à relire
web-fragile-why = Ce groupe ne se retrouve pas toujours quand on recommence : relisez-le.
web-stability = stable à { $n } %
web-stability-why = Part des regroupements répétés où ce thème se retrouve.
web-reworded = nom reformulé par un modèle de langage
web-more-ideas =
    { $n ->
        [one] Montrer l’autre idée
       *[other] Montrer les { $n } autres idées
    }
web-regroup = Regrouper
web-new-theme = Nouveau thème
web-new-theme-name = Nom du nouveau thème
web-new-theme-make = Créer
web-cancel = Annuler
web-undo-none = Rien à annuler
web-undo-rename = Annuler le renommage
web-undo-move = Annuler le déplacement
web-undo-merge = Annuler la fusion
web-undo-hide = Annuler le masquage
web-undo-show = Annuler le retour d’une idée
web-undo-create = Annuler la création d’un thème
web-theme-name = Nom du thème
web-theme-name-hint = Entrée pour garder, Échap pour revenir. Vide : le nom trouvé par la machine.
web-theme-merge = Fusionner…
web-theme-merge-into = Fusionner « { $label } » avec…
web-idea-move = Déplacer…
web-idea-move-to = Déplacer l’idée n° { $number } vers…
web-idea-hide = Masquer
web-idea-show = Montrer
web-idea-number = Idée n° { $number }
web-idea-hidden = masquée
web-idea-pinned = placée à la main
web-idea-handle = Tirer l’idée n° { $number }
web-empty-column = Posez une idée ici.
web-keys = Au clavier : M déplace l’idée, H la masque, Ctrl + Z annule.
web-failed = Cela n’a pas pu être enregistré : vérifiez la connexion.

web-done-rename = Thème nommé « { $label } ».
web-done-create = Thème « { $label } » créé.
web-done-move = Idée n° { $number } placée dans « { $label } ».
web-done-loosen = Idée n° { $number } remise à classer.
web-done-merge = Thèmes réunis dans « { $label } ».
web-done-hide = Idée n° { $number } masquée.
web-done-show = Idée n° { $number } de nouveau visible.
web-done-group = Regroupement demandé : les colonnes bougeront toutes seules.
web-undone-rename = Renommage annulé.
web-undone-move = Déplacement annulé.
web-undone-merge = Fusion annulée.
web-undone-hide = L’idée est de nouveau visible.
web-undone-show = L’idée est de nouveau masquée.
web-undone-create = Création annulée.

web-proposals =
    { $n ->
        [one] Une proposition de la machine
       *[other] { $n } propositions de la machine
    }
web-copies-proposed =
    { $n ->
        [0] Aucune idée ne semble en répéter une autre.
        [one] Deux idées semblent être la même
       *[other] { $n } fois, deux idées semblent être la même
    }
web-paraphrases-proposed =
    { $n ->
        [0] Aucune idée ne semble redire une autre avec d’autres mots.
        [one] Deux idées disent peut-être la même chose avec d’autres mots
       *[other] { $n } fois, deux idées disent peut-être la même chose avec d’autres mots
    }
web-splits-proposed =
    { $n ->
        [0] Aucun message ne semble contenir plusieurs idées.
        [one] Un message semble contenir plusieurs idées
       *[other] { $n } messages semblent contenir plusieurs idées
    }
web-splits-how = Rien à décider ici : un message reste entier. Déplacez-le dans le thème qui lui va le mieux.
web-split-into = Idée n° { $number }, lue comme :
web-likeness = écrites pareil à { $n } %
web-same = C’est la même idée
web-done-same = Une seule idée désormais : l’idée n° { $number } vaut pour les deux.
web-undo-same = Annuler la réunion de deux idées
web-undone-same = Les deux idées sont de nouveau séparées.
web-said-times = dite { $n } fois
web-parts = Sous-thèmes
web-all-parts = Tout
web-loose-alone =
    { $n ->
        [one] seule
       *[other] seules
    }
web-loose-hollow =
    { $n ->
        [one] sans contenu, non comptée
       *[other] sans contenu, non comptées
    }
web-loose-fresh =
    { $n ->
        [one] nouvelle
       *[other] nouvelles
    }
web-grouping-now = Un nouveau regroupement se prépare : voici le précédent.
web-map = Carte des idées
web-map-how = Deux points proches sont deux idées proches. Un point choisi montre son idée.
web-map-empty = La carte viendra avec le prochain regroupement.
