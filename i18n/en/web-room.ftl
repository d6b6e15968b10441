### The projected page of a workshop, and what the pages say of the figures.

web-joined =
    { $n ->
        [0] Nobody has joined yet
        [one] { $n } person has joined
       *[other] { $n } people have joined
    }
web-question-number = Question { $n }
web-phase-draft = Draft
web-phase-scheduled = Soon
web-phase-open = Open
web-phase-closed = Closed
web-progress =
    { $answered ->
        [one] { $answered } answer out of { $expected }
       *[other] { $answered } answers out of { $expected }
    }
web-opens-at = Opens { $at }
web-closes-at = Closes { $at }
web-masked-scheduled = Get ready, it opens soon.
web-masked-open = The results will be shown later.
web-masked-closed = It is closed. The results are not shown yet.
web-percent = { $n }%
web-votes =
    { $n ->
        [0] no vote
        [one] { $n } vote
       *[other] { $n } votes
    }
web-several = Several choices allowed: the total exceeds 100%.
web-word-said =
    { $n ->
        [one] { $n } time
       *[other] { $n } times
    }
web-more-words =
    { $n ->
        [one] and one more word
       *[other] and { $n } more words
    }
web-ideas =
    { $n ->
        [0] no ideas
        [one] { $n } idea
       *[other] { $n } ideas
    }
web-no-idea = Ideas will appear here.
web-no-word = Words will appear here.
web-more-themes =
    { $n ->
        [one] and one more theme
       *[other] and { $n } more themes
    }
web-coverage =
    { $n ->
        [one] One theme, { $percent }% of the ideas
       *[other] { $n } themes, { $percent }% of the ideas
    }
web-loose-why = In no theme: { $parts }
web-cloud-title = Word cloud. The most given: { $words }
web-screen-cloud = Cloud
web-themes-guard = These groups help to read, they do not vote.
web-themes-reworded = Reworded by a language model, with the words of the ideas: { $labels }.
web-said-share = { $label } { $percent }%
web-said-bars =
    { $voters ->
        [one] { $voters } answer. { $shares }.
       *[other] { $voters } answers. { $shares }.
    }
web-said-words =
    { $voters ->
        [one] { $voters } answer. The most given words: { $words }.
       *[other] { $voters } answers. The most given words: { $words }.
    }

web-screen-title = { $title } — screen
web-screen-scan = Scan this code with your phone
web-screen-or = or look for { $at } in Telegram and send
web-screen-rail = Scan, or look for { $at } in Telegram
web-screen-code = Workshop code
web-screen-qr = QR code to join the workshop { $code }
web-screen-link-lost = Connection lost, trying again…
web-screen-link-found = Live
web-screen-paused = Paused
web-screen-full = Full screen
web-screen-join = QR code
web-screen-pause = Pause
web-screen-tools = Screen tools
web-screen-left = Time left
web-screen-no-script = This page needs JavaScript to move by itself. Reload it to see where the workshop stands.
