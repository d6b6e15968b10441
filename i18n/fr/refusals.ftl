### Les refus des règles, dits poliment. Du texte simple, sans balise ; 200 caractères au plus une fois rempli.

refusal = Ce n’est pas possible.
refusal-not-found = Je ne trouve pas cela.
refusal-unknown-code = Je ne connais pas le code « { $code } ». Vérifiez-le sur l’écran de la salle.
refusal-unknown-activity = Je ne trouve pas cette question. Pour choisir, ajoutez son numéro. Exemple : /fermer 2
refusal-unknown-idea = Cette idée n’est plus là.
refusal-unknown-theme = Ce thème n’est plus là.
refusal-unknown-member = Personne ne porte ce numéro dans cet atelier.
refusal-unknown-workshop = Cet atelier n’existe plus, ou il n’est pas à vous.

refusal-not-allowed = Cela ne vous est pas permis.
refusal-facilitators-only = Seule l’équipe d’animation peut faire cela. Pour savoir quoi faire, tapez /aide.
refusal-organisers-only = Seule l’équipe d’organisation peut faire cela. Pour savoir quoi faire, tapez /aide.
refusal-not-a-member = Vous ne participez pas à cet atelier. Tapez son code pour le rejoindre.
refusal-not-asked = Votre rôle n’est pas compté dans les réponses. Pour savoir quoi faire, tapez /aide.
refusal-consent-missing = Touchez d’abord « J’accepte ». Sans votre accord, rien n’est gardé.
refusal-not-yours = Cette idée n’est pas de vous.

refusal-wrong-moment = Ce n’est pas le moment.
refusal-not-open-yet = Ce n’est pas encore ouvert. Le vote ouvre { $opens_at }.
refusal-already-closed = C’est fermé. Les réponses se sont arrêtées { $closed_at }.
refusal-not-a-draft = La question n° { $number } est déjà lancée.
refusal-still-a-draft = La question n° { $number } n’est pas encore lancée. Touchez « Lancer » : /apercu
refusal-nothing-open = Aucune question n’est ouverte. Gardez ce chat ouvert : la prochaine arrive ici.
refusal-nothing-to-undo = Il n’y a rien à annuler.
refusal-no-workshop = Vous n’êtes dans aucun atelier. Tapez le code affiché dans la salle.
refusal-no-workshop-yet = Ouvrez d’abord un atelier : /atelier Réunion du quartier
refusal-too-few-ideas = Pas encore assez d’idées pour des thèmes : { $count } sur { $needed }. Attendez-en quelques-unes.
refusal-nothing-to-draw = Il n’y a pas encore de mots à dessiner.

refusal-wrong-answer = Je ne peux pas compter cette réponse.
refusal-no-such-option = Ce choix n’existe pas dans cette question.
refusal-too-many-choices =
    { $at_most ->
        [one] Un seul choix est possible. Touchez votre choix pour l’enlever, puis un autre.
       *[other] Vous avez déjà { $at_most } choix, c’est le maximum. Touchez-en un pour l’enlever.
    }
refusal-too-long = C’est trop long : { $length } caractères, { $limit } au plus. Essayez plus court.
refusal-empty = Je ne vois aucun mot. Écrivez votre réponse avec des lettres.
refusal-too-many-ideas = Merci ! Vous avez donné { $limit } idées, c’est le maximum. Vous pouvez en retirer.
refusal-too-many-words = C’est trop de mots : { $limit } au plus. Vous avez déjà : { $given }. Touchez « Effacer mes mots » pour recommencer.
refusal-too-many-hidden = Cela ferait { $count } mots cachés, et un atelier en garde { $limit } au plus : rien n’a été ajouté. Tapez /cacher pour en remontrer d’abord.
refusal-not-a-word = Écrivez des mots, séparés par des virgules. Par exemple : école, santé
refusal-not-understood =
    { $few ->
        [yes] Je n’ai pas compris. Touchez un bouton, ou écrivez un de ces choix : { $options }.
       *[no] Je n’ai pas compris. Touchez un bouton, ou écrivez le numéro de votre choix, de 1 à { $count }.
    }

refusal-wrong-question = Je ne peux pas poser cette question.
refusal-question-missing = Il manque la question. Écrivez-la juste après la commande.
refusal-too-few-options = Il faut au moins deux choix, séparés par une barre. Exemple : /sondage On continue ? | Oui | Non
refusal-too-many-options = C’est trop de choix : { $count }. Gardez-en { $limit } au plus.
refusal-twin-options = Deux choix se ressemblent trop : « { $option } ». Changez-en un.
refusal-option-too-long = Ce choix est trop long : « { $option }… ». Gardez { $limit } caractères au plus.
refusal-question-too-long = La question est trop longue : { $length } caractères. Gardez-en { $limit } au plus.
refusal-needless-options = Cette question n’a pas de choix à donner. Écrivez seulement la question.
refusal-wrong-limit = Ce maximum ne convient pas : { $given }, pour { $options } choix. Donnez un nombre entre 1 et { $options }.
refusal-wrong-time = Je ne comprends pas « { $given } ». Exemples : à 14:30, dans 5 min, pendant 10 min
refusal-time-past = Cette heure est déjà passée ({ $given }). Donnez une heure à venir.
refusal-title-missing = Il manque le titre. Exemple : /atelier Réunion du quartier
refusal-unknown-role = Je ne connais pas le rôle « { $given } ». Rôles : animateur, capitaine, juré, parrain, observateur, organisateur.
refusal-no-message = Il manque le texte. Exemple : /annonce La pause dure dix minutes.

refusal-spent-code = Ce lien ne sert plus.
refusal-code-expired = Ce lien est trop ancien. Demandez-en un nouveau.
refusal-code-used = Ce lien a déjà servi. Demandez-en un nouveau.
