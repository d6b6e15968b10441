### Ce que lit l’équipe d’animation : ouvrir un atelier, poser une question, la suivre, la montrer.

bot-in-charge =
    Vous animez l’atelier <b>{ $title }</b>, code <b>{ $code }</b>.
    Pour voir les commandes, tapez /aide.
bot-role-here = Bienvenue ! Vous êtes { $role } de l’atelier <b>{ $title }</b>.
bot-role-everywhere = Bienvenue ! Vous êtes { $role } de Palabre.
bot-role-creates =
    Pour ouvrir votre premier atelier, tapez par exemple :
    <code>/atelier Réunion du quartier</code>
bot-role-steers =
    Pour poser une question, tapez par exemple :
    <code>/sondage On continue ? | Oui | Non</code>
    Pour voir toutes les commandes : /aide

bot-workshop-created =
    ✔ L’atelier <b>{ $title }</b> est ouvert.

    Code : <b>{ $code }</b>
    Lien à envoyer : { $link }
    Écran de la salle : { $screen }
bot-workshop-qr =
    <b>{ $title }</b>
    Scannez, ou tapez le code <b>{ $code }</b>.
bot-workshop-next =
    Montrez cette image : chacun la scanne et participe.
    Puis posez votre première question :
    <code>/sondage On continue ? | Oui | Non</code>
bot-workshops = Vos ateliers. Touchez celui où vous voulez aller.
bot-workshops-none = Vous n’avez pas encore d’atelier. Tapez le code affiché dans la salle.

bot-preview = 👁 <b>Aperçu</b> : voici ce que chacun verra.
bot-preview-press = C’est un aperçu : rien n’est compté. Touchez « Lancer » pour envoyer la question.
bot-preview-none = Il n’y a aucun brouillon. Posez d’abord une question, par exemple avec /sondage.
bot-draft-ready = La question n° { $number } est prête.
bot-draft-opens-now = Elle ouvre tout de suite.
bot-draft-opens-at = Elle ouvre { $opens_at } (heure de { $place }).
bot-draft-closes-by-hand = Elle se ferme quand vous tapez /fermer.
bot-draft-closes-at = Elle ferme { $closes_at } (heure de { $place }).
bot-draft-audience =
    { $people ->
        [0] Personne n’est encore inscrit : chacun la recevra en arrivant.
        [one] Une personne la recevra tout de suite.
       *[other] { $people } personnes la recevront en { $span }.
    }
bot-draft-launch = Lancer
bot-draft-cancel = Annuler
bot-discarded = Brouillon annulé : { $question }
bot-launched-toast =
    { $people ->
        [0] C’est lancé !
        [one] C’est lancé : une personne la reçoit.
       *[other] C’est lancé : { $people } personnes la reçoivent.
    }

bot-panel = <b>Question n° { $number }</b> : { $question }
bot-panel-draft = Pas encore lancée.
bot-panel-scheduled = ⏳ Elle ouvre { $opens_at }.
bot-panel-open = 🟢 Elle est ouverte.
bot-panel-open-until = 🟢 Elle est ouverte. Elle ferme { $closes_at }.
bot-panel-closed = 🔴 Elle est fermée.
bot-panel-shown = 📽 La salle voit les résultats.
bot-key-participation = Participation
bot-key-results = Résultats
bot-key-close = Fermer
bot-key-reopen = Rouvrir
bot-key-remind = Relancer
bot-key-share = Envoyer aux participants
bot-key-reveal = Montrer à la salle
bot-key-mask = Masquer
bot-key-cloud = Nuage
bot-key-themes = Thèmes
bot-key-stop-themes = Arrêter
bot-key-refresh = Actualiser
bot-closed-toast = C’est fermé.
bot-reopened-toast = C’est rouvert.
bot-revealed-toast = La salle voit les résultats.
bot-masked-toast = Les résultats sont masqués.
bot-screen =
    L’écran de l’atelier <b>{ $title }</b> :
    { $link }

bot-participation =
    <b>Question n° { $number }</b>
    Ont répondu : <b>{ $answered }</b>
    Présents : { $present }
    Inscrits : { $joined }
    (compté à { $at })
bot-participation-unreachable =
    { $people ->
        [one] Une personne ne peut pas être jointe.
       *[other] { $people } personnes ne peuvent pas être jointes.
    }
bot-participation-failed =
    { $people ->
        [one] Une personne n’a peut-être pas reçu la question : /relancer lui écrit.
       *[other] { $people } personnes n’ont peut-être pas reçu la question : /relancer leur écrit.
    }
bot-reminded =
    { $people ->
        [0] Tout le monde a répondu : personne à relancer.
        [one] Une personne est relancée.
       *[other] { $people } personnes sont relancées.
    }
bot-shared-toast =
    { $people ->
        [0] Personne n’est inscrit : rien n’est envoyé.
        [one] Une personne reçoit les résultats.
       *[other] { $people } personnes reçoivent les résultats.
    }
bot-result-voters =
    { $voters ->
        [0] Aucune réponse pour l’instant.
        [one] Une personne a répondu.
       *[other] { $voters } personnes ont répondu.
    }
bot-result-several = Plusieurs choix étaient possibles.
bot-result-bar =
    { $votes ->
        [0] { $share }
        [one] { $share } (une voix)
       *[other] { $share } ({ $votes } voix)
    }
bot-result-ideas =
    { $voters ->
        [0] Aucune idée pour l’instant.
        [one] Une personne a donné des idées.
       *[other] { $voters } personnes ont donné des idées.
    }
bot-theme-line = • { $label } : { $ideas }
bot-theme-line-stable = • { $label } : { $ideas }, stable à { $stability } %

bot-announce-sure =
    { $people ->
        [0] Personne n’est inscrit : ce message n’ira à personne.
        [one] Une personne recevra ce message :
       *[other] { $people } personnes recevront ce message, en { $span } :
    }

    { $text }
bot-announce-yes = Envoyer
bot-announce-no = Ne pas envoyer
bot-announced =
    { $people ->
        [0] Personne n’est inscrit : rien n’est envoyé.
        [one] ✔ Envoyé à une personne :
       *[other] ✔ Envoyé à { $people } personnes :
    }

    { $text }
bot-announced-toast = C’est envoyé.

bot-cloud-drawing = Je dessine le nuage…
bot-cloud-caption = ☁ <b>Question n° { $number }</b> : { $question }
bot-cloud-words = Les mots les plus donnés : { $words }
bot-comparison-caption = ☁ Questions n° { $left } et n° { $right }, comparées.
bot-comparison-not-text = La question n° { $number } n’a ni mots ni idées à comparer.
bot-themes-drawing = Je regroupe les { $ideas } idées de la question n° { $number }…
bot-themes-meanwhile = En attendant, voici les derniers thèmes, trouvés { $at } :
bot-themes-stopped = Regroupement arrêté. Les thèmes restent comme ils étaient.
bot-themes-nothing-to-stop = Il n’y a plus de regroupement en cours.
bot-themes-not-ideas =
    { $other ->
        [0] La question n° { $number } n’a pas d’idées à regrouper.
       *[other] La question n° { $number } n’a pas d’idées à regrouper. Pour celles de la question n° { $other }, tapez /themes { $other }.
    }
bot-themes-head = 🧩 <b>Question n° { $number }</b> : { $question }
bot-theme =
    { $ideas ->
        [one] <b>{ $label }</b> (une idée)
       *[other] <b>{ $label }</b> ({ $ideas } idées)
    }
bot-theme-stable =
    { $ideas ->
        [one] <b>{ $label }</b> (une idée, stable à { $stability } %)
       *[other] <b>{ $label }</b> ({ $ideas } idées, stable à { $stability } %)
    }
bot-theme-quote = « { $text } »
bot-themes-coverage =
    { $alone ->
        [0] Chaque idée est dans un thème.
        [one] { $inside } idées sur { $ideas } sont dans un thème. Une reste seule.
       *[other] { $inside } idées sur { $ideas } sont dans un thème. { $alone } restent seules.
    }
bot-themes-hollow =
    { $answers ->
        [one] Une réponse sans contenu est mise de côté.
       *[other] { $answers } réponses sans contenu sont mises de côté.
    }
bot-themes-standing = Groupées { $at }.
bot-themes-fragile = À relire, car le groupe est fragile : { $labels }.
bot-themes-guard = Ces groupes aident à lire, ils ne votent pas.
bot-themes-reworded = Noms reformulés par un modèle de langage, avec les mots des idées : { $labels }.
bot-themes-caption = 🧩 <b>Question n° { $number }</b> : { $question }
bot-export-preparing = Je prépare les tableaux…
bot-export-nothing = Il n’y a encore rien à exporter.
bot-export-ready =
    Les réponses, les idées et les résultats de l’atelier <b>{ $title }</b>.
    Chaque personne y est un numéro.
bot-export-plain = Les mêmes réponses et idées en CSV, pour d’autres logiciels.
bot-incident = Pardon, cela n’a pas marché. Réessayez. Numéro à donner en cas de besoin : { $incident }

bot-invitation =
    Ce lien donne le rôle « { $role } ».
    Il sert une seule fois, pendant { $hours } heures :
    { $link }
bot-sign-in =
    Ouvrez cette page sur votre ordinateur :
    { $link }
    Le lien sert une seule fois, pendant { $minutes } minutes.

bot-help-facilitator =
    <b>Poser une question</b>
    <code>/sondage On continue ? | Oui | Non</code>
    <code>/choix 2 Quels thèmes ? | École | Emploi | Santé</code>
    <code>/idees Que changer dans le quartier ?</code>
    <code>/mots Un mot pour dire la journée ?</code>
    À la fin, ajoutez si besoin : à 14:30, dans 5 min, pendant 10 min.

    <b>Pendant la question</b>
    /participation : qui a répondu
    /relancer : écrire à ceux qui n’ont pas répondu
    /fermer et /rouvrir : arrêter, reprendre
    /resultats : lire, montrer, envoyer
    /nuage et /themes : dessiner, regrouper
    /cacher : retirer un mot des écrans
    Un numéro désigne une autre question : <code>/fermer 2</code>

    <b>L’atelier</b>
    /atelier : en ouvrir un
    /ateliers : changer d’atelier
    /ecran : le lien à projeter
    /annonce : écrire à tous
    /inviter : donner un rôle
    /connexion : ouvrir les pages web
    /export : recevoir les tableaux
    /langue : changer de langue

bot-usage-atelier =
    Donnez le titre de l’atelier :
    <code>/atelier Réunion du quartier</code>
bot-usage-annonce =
    Écrivez le texte à envoyer :
    <code>/annonce La pause dure dix minutes.</code>
bot-usage-inviter =
    Dites quel rôle donner :
    <code>/inviter animateur</code>
    Rôles : animateur, capitaine, juré, parrain, observateur, organisateur.

bot-hidden = Mots cachés dans cet atelier, avec leurs pluriels et les expressions qui les contiennent : { $words }. Pour en cacher d’autres : <code>/cacher mot, mot</code>.
bot-hidden-some = Mots cachés dans cet atelier, avec leurs pluriels et les expressions qui les contiennent : { $words }. Et { $others } de plus : les boutons du bas y mènent. Pour en cacher d’autres : <code>/cacher mot, mot</code>.
bot-key-hidden-older = ◀ Cachés avant
bot-key-hidden-newer = Cachés après ▶
bot-hidden-none = Aucun mot n’est caché. Pour en cacher : <code>/cacher mot, mot</code>. L’écran, le nuage et les résultats ne les montreront plus.
bot-hidden-shown = « { $word } » peut de nouveau s’afficher.
bot-hidden-elsewhere = Cette liste est celle d’un autre atelier : tapez /cacher.
bot-key-show-word = Remontrer « { $word } »
