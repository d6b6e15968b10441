bot-in-charge =
    You facilitate the workshop <b>{ $title }</b>, code <b>{ $code }</b>.
    Type /help to see the commands.
bot-role-here = Welcome! You are { $role } of the workshop <b>{ $title }</b>.
bot-role-everywhere = Welcome! You are { $role } of Palabre.
bot-role-creates =
    To open your first workshop, type for instance:
    <code>/workshop Neighbourhood meeting</code>
bot-role-steers =
    To ask a question, type for instance:
    <code>/poll Shall we go on? | Yes | No</code>
    To see every command: /help

bot-workshop-created =
    ✔ The workshop <b>{ $title }</b> is open.

    Code: <b>{ $code }</b>
    Link to send: { $link }
    The room’s screen: { $screen }
bot-workshop-qr =
    <b>{ $title }</b>
    Scan, or type the code <b>{ $code }</b>.
bot-workshop-next =
    Show this picture: everybody scans it and takes part.
    Then ask your first question:
    <code>/poll Shall we go on? | Yes | No</code>
bot-workshops = Your workshops. Tap the one you want to go to.
bot-workshops-none = You have no workshop yet. Type the code shown in the room.

bot-preview = 👁 <b>Preview</b>: this is what everybody will see.
bot-preview-press = This is a preview: nothing is counted. Tap “Launch” to send the question.
bot-preview-none = There is no draft. Ask a question first, for instance with /poll.
bot-draft-ready = Question { $number } is ready.
bot-draft-opens-now = It opens at once.
bot-draft-opens-at = It opens { $opens_at } ({ $place } time).
bot-draft-closes-by-hand = It closes when you type /close.
bot-draft-closes-at = It closes { $closes_at } ({ $place } time).
bot-draft-audience =
    { $people ->
        [0] Nobody has joined yet: everybody will receive it on arrival.
        [one] One person will receive it at once.
       *[other] { $people } people will receive it within { $span }.
    }
bot-draft-launch = Launch
bot-draft-cancel = Cancel
bot-discarded = Draft cancelled: { $question }
bot-launched-toast =
    { $people ->
        [0] Launched!
        [one] Launched: one person receives it.
       *[other] Launched: { $people } people receive it.
    }

bot-panel = <b>Question { $number }</b>: { $question }
bot-panel-draft = Not launched yet.
bot-panel-scheduled = ⏳ It opens { $opens_at }.
bot-panel-open = 🟢 It is open.
bot-panel-open-until = 🟢 It is open. It closes { $closes_at }.
bot-panel-closed = 🔴 It is closed.
bot-panel-shown = 📽 The room sees the results.
bot-key-participation = Turnout
bot-key-results = Results
bot-key-close = Close
bot-key-reopen = Reopen
bot-key-remind = Remind
bot-key-share = Send to participants
bot-key-reveal = Show to the room
bot-key-mask = Hide
bot-key-cloud = Word cloud
bot-key-themes = Themes
bot-key-stop-themes = Stop
bot-key-refresh = Refresh
bot-closed-toast = Closed.
bot-reopened-toast = Open again.
bot-revealed-toast = The room sees the results.
bot-masked-toast = The results are hidden.
bot-screen =
    The screen of the workshop <b>{ $title }</b>:
    { $link }

bot-participation =
    <b>Question { $number }</b>
    Answered: <b>{ $answered }</b>
    Present: { $present }
    Joined: { $joined }
    (counted at { $at })
bot-participation-unreachable =
    { $people ->
        [one] One person cannot be reached.
       *[other] { $people } people cannot be reached.
    }
bot-participation-failed =
    { $people ->
        [one] One person may not have received the question: /remind writes to them.
       *[other] { $people } people may not have received the question: /remind writes to them.
    }
bot-reminded =
    { $people ->
        [0] Everybody has answered: nobody to remind.
        [one] One person is reminded.
       *[other] { $people } people are reminded.
    }
bot-shared-toast =
    { $people ->
        [0] Nobody has joined: nothing is sent.
        [one] One person receives the results.
       *[other] { $people } people receive the results.
    }
bot-result-voters =
    { $voters ->
        [0] No answer yet.
        [one] One person answered.
       *[other] { $voters } people answered.
    }
bot-result-several = Several choices were possible.
bot-result-bar =
    { $votes ->
        [0] { $share }
        [one] { $share } (one vote)
       *[other] { $share } ({ $votes } votes)
    }
bot-result-ideas =
    { $voters ->
        [0] No idea yet.
        [one] One person gave ideas.
       *[other] { $voters } people gave ideas.
    }
bot-theme-line = • { $label }: { $ideas }
bot-theme-line-stable = • { $label }: { $ideas }, { $stability }% stable

bot-announce-sure =
    { $people ->
        [0] Nobody has joined: this message will reach nobody.
        [one] One person will receive this message:
       *[other] { $people } people will receive this message, within { $span }:
    }

    { $text }
bot-announce-yes = Send
bot-announce-no = Do not send
bot-announced =
    { $people ->
        [0] Nobody has joined: nothing is sent.
        [one] ✔ Sent to one person:
       *[other] ✔ Sent to { $people } people:
    }

    { $text }
bot-announced-toast = Sent.

bot-cloud-drawing = I am drawing the cloud…
bot-cloud-caption = ☁ <b>Question { $number }</b>: { $question }
bot-cloud-words = The words given most: { $words }
bot-comparison-caption = ☁ Questions no. { $left } and no. { $right }, compared.
bot-comparison-not-text = Question no. { $number } has no words or ideas to compare.
bot-themes-drawing = I am grouping the { $ideas } ideas of question { $number }…
bot-themes-meanwhile = Meanwhile, here are the last themes, found { $at }:
bot-themes-stopped = Grouping stopped. The themes stay as they were.
bot-themes-nothing-to-stop = No grouping is under way any more.
bot-themes-not-ideas =
    { $other ->
        [0] Question { $number } has no ideas to group.
       *[other] Question { $number } has no ideas to group. For those of question { $other }, type /themes { $other }.
    }
bot-themes-head = 🧩 <b>Question { $number }</b>: { $question }
bot-theme =
    { $ideas ->
        [one] <b>{ $label }</b> (one idea)
       *[other] <b>{ $label }</b> ({ $ideas } ideas)
    }
bot-theme-stable =
    { $ideas ->
        [one] <b>{ $label }</b> (one idea, { $stability }% stable)
       *[other] <b>{ $label }</b> ({ $ideas } ideas, { $stability }% stable)
    }
bot-theme-quote = “{ $text }”
bot-themes-coverage =
    { $alone ->
        [0] Every idea is in a theme.
        [one] { $inside } ideas of { $ideas } are in a theme. One stands alone.
       *[other] { $inside } ideas of { $ideas } are in a theme. { $alone } stand alone.
    }
bot-themes-hollow =
    { $answers ->
        [one] One answer says nothing and is set aside.
       *[other] { $answers } answers say nothing and are set aside.
    }
bot-themes-standing = Grouped { $at }.
bot-themes-fragile = To read again, as the group is fragile: { $labels }.
bot-themes-guard = These groups help to read; they do not vote.
bot-themes-reworded = Names reworded by a language model, with the words of the ideas: { $labels }.
bot-themes-caption = 🧩 <b>Question { $number }</b>: { $question }
bot-export-preparing = I am preparing the tables…
bot-export-nothing = There is nothing to export yet.
bot-export-ready =
    The answers, ideas and results of the workshop <b>{ $title }</b>.
    Every person is a number there.
bot-export-plain = The same answers and ideas as CSV, for other programs.
bot-incident = Sorry, that did not work. Try again. Number to give if needed: { $incident }

bot-invitation =
    This link gives the role “{ $role }”.
    It works once, within { $hours } hours:
    { $link }
bot-sign-in =
    Open this page on your computer:
    { $link }
    The link works once, within { $minutes } minutes.

bot-help-facilitator =
    <b>Ask a question</b>
    <code>/poll Shall we go on? | Yes | No</code>
    <code>/choices 2 Which themes? | School | Work | Health</code>
    <code>/ideas What should change here?</code>
    <code>/words One word for the day?</code>
    At the end, add if needed: at 14:30, in 5 min, for 10 min.

    <b>While it is open</b>
    /turnout: who has answered
    /remind: write to those who have not
    /close and /reopen: stop, go on
    /results: read, show, send
    /cloud and /themes: draw, group
    /hide: take a word off the screens
    A number names another question: <code>/close 2</code>

    <b>The workshop</b>
    /workshop: open one
    /workshops: change workshop
    /screen: the link to project
    /announce: write to everybody
    /invite: give a role
    /signin: open the web pages
    /export: receive the tables
    /language: change language

bot-usage-atelier =
    Give the workshop’s title:
    <code>/workshop Neighbourhood meeting</code>
bot-usage-annonce =
    Write the text to send:
    <code>/announce The break lasts ten minutes.</code>
bot-usage-inviter =
    Say which role to give:
    <code>/invite facilitator</code>
    Roles: facilitator, captain, juror, sponsor, observer, organiser.

bot-hidden = Words hidden in this workshop, with their plurals and the expressions that hold them: { $words }. To hide more: <code>/hide word, word</code>.
bot-hidden-some = Words hidden in this workshop, with their plurals and the expressions that hold them: { $words }. And { $others } more: the buttons at the bottom lead there. To hide more: <code>/hide word, word</code>.
bot-key-hidden-older = ◀ Hidden before
bot-key-hidden-newer = Hidden after ▶
bot-hidden-none = No word is hidden. To hide some: <code>/hide word, word</code>. The screen, the cloud and the results will not show them any more.
bot-hidden-shown = “{ $word }” may be shown again.
bot-hidden-elsewhere = This list is another workshop’s: type /hide.
bot-key-show-word = Show “{ $word }” again
