language-name = English
moment-today = at { $time }
moment-other-day = on { $date } at { $time }
percent = { $value }%
bot-span-seconds =
    { $count ->
        [one] { $count } second
       *[other] { $count } seconds
    }
bot-span-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
bot-chosen = ✔ { $label }

role-councillor = a councillor
role-facilitator = a facilitator
role-organiser = an organiser
role-captain = a table captain
role-juror = a juror
role-sponsor = a sponsor
role-observer = an observer
