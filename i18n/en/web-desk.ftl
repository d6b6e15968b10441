### The organisers' desk: coming in, my workshops, one workshop.

web-name = Palabre
web-skip = Go to the content
web-sign-out = Sign out
web-home = My workshops

web-door-title = Sign in
web-door-how = Ask the bot for a sign-in link: send it /login in Telegram. The link works once, for five minutes.
web-door-code = Link from the bot
web-door-enter = Sign in
web-door-opening = Signing in…
web-door-refused = This link has been used, or is more than five minutes old. Ask the bot for another one: /login.
refusal-sign-in-needed = Sign in first: ask the bot for a link by sending it /login in Telegram.

web-workshops-none = You facilitate no workshop yet. Create one in Telegram: /atelier followed by its title.
web-workshop-members =
    { $n ->
        [one] { $n } member
       *[other] { $n } members
    }
web-workshop-activities =
    { $n ->
        [0] no activity
        [one] { $n } activity
       *[other] { $n } activities
    }
web-workshop-of = Workshop of { $day }
web-workshop-code = Code { $code }
web-workshop-screen = Open the screen to project
web-workshop-tables = Download the workbook (Excel, LibreOffice)
web-workshop-answers = Download the answers (CSV)
web-workshop-ideas = Download the ideas (CSV)
web-workshop-tools = Screen and files
web-workshop-list = Activities
web-no-activity = No activity yet. Launch one in Telegram: /sondage, /choix, /idees or /mots.
web-activity-heading = Question { $n } · { $type }
web-shown = Results shown to the room
web-not-shown = Results hidden from the room
web-presence =
    { $joined ->
        [one] { $present } present out of { $joined } who joined
       *[other] { $present } present out of { $joined } who joined
    }
web-unreachable =
    { $n ->
        [one] { $n } person Telegram can no longer reach
       *[other] { $n } people Telegram can no longer reach
    }
web-to-themes = See and correct the themes
web-live = Live
web-link-lost = Connection lost, trying again…
web-no-script = This page needs JavaScript.

web-welcome-title = Welcome
web-error-title = That did not work
web-error-back = Back to my workshops
web-error-not-found = This page does not exist, or is not yours.
web-error-method = This page is not asked for in this way.
web-error-too-big = That is too big for us.
web-error-request = We did not understand this request. Go back and try again.
web-error-form = This form had been open for too long. Reload the page and try again.
web-error-slow = The request took too long to arrive. Try again.
web-error-later = We cannot answer at the moment. Nothing is lost: try again in a few seconds.
web-error-incident = An error of ours prevents it, sorry. Try again; if it happens again, give this number to the person who looks after Palabre: { $incident }.
