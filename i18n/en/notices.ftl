notice-announcement =
    📣 <b>A message from the team</b>

    { $text }
notice-reminder = Your opinion counts: your answer is still missing.
notice-results = <b>Here is what the group answered. Thank you!</b>
notice-closed = Question { $number } has just closed, on time.

notice-again = The service was down for a while. If your answer is not shown below, please answer again.

notice-deaths =
    { $count ->
        [one] ⚠ A message that came in could not be dealt with, by a fault of Palabre. It is kept, and the others are not affected.
       *[other] ⚠ { $count } messages that came in could not be dealt with, by a fault of Palabre. They are kept, and the others are not affected.
    }

    On the server, <code>palabre inbox</code> shows them and <code>palabre inbox --retry</code> tries them again.

notice-conflict =
    ⚠ Another program receives the messages sent to this bot: while it runs, answers are no longer counted here.

    Stop it, or change the bot's token with @BotFather. Everything will go on by itself.
