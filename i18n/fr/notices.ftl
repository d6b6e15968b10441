### Ce qui est écrit à plusieurs : diffusions, rappels, annonces, et ce que l’équipe apprend sans l’avoir demandé.

notice-announcement =
    📣 <b>Message de l’équipe</b>

    { $text }
notice-reminder = Votre avis compte : il manque encore votre réponse.
notice-results = <b>Voici ce que le groupe a répondu. Merci !</b>
notice-closed = La question n° { $number } vient de se fermer, à l’heure prévue.

notice-again = Le service a été coupé un moment. Si votre réponse n’apparaît pas ci-dessous, répondez à nouveau.

notice-deaths =
    { $count ->
        [one] ⚠ Un message reçu n’a pas pu être traité, à cause d’une erreur de Palabre. Il est gardé, et les autres ne sont pas touchés.
       *[other] ⚠ { $count } messages reçus n’ont pas pu être traités, à cause d’une erreur de Palabre. Ils sont gardés, et les autres ne sont pas touchés.
    }

    Sur le serveur, <code>palabre inbox</code> les montre et <code>palabre inbox --retry</code> les retente.

notice-conflict =
    ⚠ Un autre programme reçoit les messages envoyés à ce bot : tant qu’il tourne, les réponses ne sont plus comptées ici.

    Arrêtez-le, ou changez le jeton du bot avec @BotFather. Tout reprendra de soi-même.
