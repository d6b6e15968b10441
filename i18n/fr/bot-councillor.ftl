### Ce que lit une conseillère ou un conseiller : arriver, accepter, répondre, corriger, partir.

bot-ask-code =
    Bonjour ! Tapez ici le code affiché dans la salle.
    Vous pouvez aussi toucher le lien que vous avez reçu.
bot-consent =
    Bienvenue à l’atelier <b>{ $title }</b> !

    Vos réponses et vos idées sont montrées sans votre nom.
    Vous pouvez vous faire oublier quand vous voulez : tapez /effacer.
bot-consent-agree = J’accepte
bot-consent-decline = Non merci
bot-consent-thanks = Merci !
bot-consent-kept = ✔ Vous participez à l’atelier <b>{ $title }</b>.
bot-consent-declined = D’accord, rien n’est gardé. Bonne journée ! Pour revenir, touchez le lien à nouveau.
bot-welcome = Vous êtes dans l’atelier <b>{ $title }</b>.
bot-nothing-yet = Rien à faire pour l’instant. Gardez ce chat ouvert : la question arrivera ici.

bot-ballot-workshop = Atelier : { $title }
bot-ballot-opens = ⏳ Le vote ouvre { $opens_at }.
bot-ballot-closes = Fermeture { $closes_at }.
bot-ballot-closed = C’est fermé. Merci !
bot-ballot-choice = { $label } : <b>{ $choice }</b>
bot-switch-here = Aller dans cet atelier
bot-switched = Vous êtes maintenant dans l’atelier <b>{ $title }</b>.
bot-switched-toast = C’est fait.
bot-foreign-button = Ce bouton n’est pas pour vous, ou il ne sert plus.

bot-idea-noted = ✔ Idée n° { $number } notée.
bot-idea-hint = Pour la corriger, modifiez votre message. Une autre idée ? Écrivez-la !
bot-idea-withdraw = Retirer
bot-idea-changed = ✔ Idée n° { $number } corrigée.
bot-idea-withdrawn = Idée n° { $number } retirée.
bot-idea-withdrawn-toast = C’est retiré.
bot-edit-nothing = Ce message n’est pas une idée. Pour changer de réponse, écrivez un nouveau message.

bot-my-answers = <b>Vos réponses dans l’atelier { $title }</b>
bot-my-answers-none = Vous n’avez pas encore répondu.
bot-my-answers-more =
    { $count ->
        [one] … et une autre idée.
       *[other] … et { $count } autres idées.
    }
bot-language = Quelle langue voulez-vous lire ?
bot-language-chosen = D’accord, je vous parle en français.
bot-leave-sure =
    Voulez-vous quitter l’atelier <b>{ $title }</b> ?
    Vous ne recevrez plus ses questions. Vos réponses restent comptées.
bot-leave-yes = Oui, quitter
bot-stay = Non, rester
bot-left = Vous avez quitté l’atelier <b>{ $title }</b>. Pour revenir, tapez { $code }.
bot-erase-sure =
    Voulez-vous tout effacer ?
    Votre nom et vos idées seront effacés, dans tous les ateliers.
    Les votes déjà fermés restent comptés, sans aucun lien avec vous.
bot-erase-yes = Oui, tout effacer
bot-erased =
    C’est effacé : votre nom, vos idées, votre numéro.
    Il reste seulement des totaux, sans aucun lien avec vous.
bot-erase-nobody = Je ne sais rien de vous : il n’y a rien à effacer.
bot-nothing-changed = D’accord, rien n’est changé.

bot-thing-stranger = Merci ! Je ne lis que les messages écrits. Tapez le code affiché dans la salle.
bot-thing-wait = Merci ! Je ne lis que les messages écrits. Aucune question n’est ouverte pour l’instant.
bot-thing-press = Merci ! Je ne lis que les messages écrits. Touchez un bouton sous la question.
bot-thing-write = Merci ! Je ne lis que les messages écrits. Écrivez votre réponse avec vos mots.
bot-thing-steers = Je ne lis que les messages écrits. Pour voir les commandes, tapez /aide.
bot-too-fast = Doucement ! Je n’ai pas pris ce message. Attendez dix secondes, puis continuez.
bot-unknown-command = Je ne connais pas cette commande. Pour savoir quoi faire, tapez /aide.
bot-unknown-command-close = Je ne connais pas cette commande. Vouliez-vous dire { $closest } ?
bot-group = Pour répondre, parlons en privé : touchez le bouton.
bot-group-open = Ouvrir la conversation privée

bot-help =
    <b>Comment faire ?</b>
    Touchez un bouton, ou écrivez votre réponse.
    Pour corriger une idée, modifiez votre message.

    /mes_reponses : revoir vos réponses
    /ateliers : changer d’atelier
    /langue : changer de langue
    /quitter : quitter l’atelier
    /effacer : tout effacer
