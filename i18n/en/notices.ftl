notice-announcement =
    📣 <b>A message from the team</b>

    { $text }
notice-reminder = Your opinion counts: your answer is still missing.
notice-results = <b>Here is what the group answered. Thank you!</b>
notice-closed = Question { $number } has just closed, on time.

notice-again = The service was down for a while. If your answer is not shown below, please answer again.
