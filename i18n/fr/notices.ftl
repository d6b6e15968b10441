### Ce qui est écrit à plusieurs : diffusions, rappels, annonces, et ce que l’équipe apprend sans l’avoir demandé.

notice-announcement =
    📣 <b>Message de l’équipe</b>

    { $text }
notice-reminder = Votre avis compte : il manque encore votre réponse.
notice-results = <b>Voici ce que le groupe a répondu. Merci !</b>
notice-closed = La question n° { $number } vient de se fermer, à l’heure prévue.

notice-again = Le service a été coupé un moment. Si votre réponse n’apparaît pas ci-dessous, répondez à nouveau.
