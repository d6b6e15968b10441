bot-ask-code =
    Hello! Type here the code shown in the room.
    You can also tap the link you received.
bot-consent =
    Welcome to the workshop <b>{ $title }</b>!

    Your answers and your ideas are shown without your name.
    You can be forgotten whenever you like: type /erase.
bot-consent-agree = I agree (j’accepte)
bot-consent-decline = No, thank you
bot-consent-thanks = Thank you!
bot-consent-kept = ✔ You are in the workshop <b>{ $title }</b>.
bot-consent-declined = All right, nothing is kept. Have a good day! To come back, tap the link again.
bot-welcome = You are in the workshop <b>{ $title }</b>.
bot-nothing-yet = Nothing to do for now. Keep this chat open: the question will arrive here.

bot-ballot-workshop = Workshop: { $title }
bot-ballot-opens = ⏳ Voting opens { $opens_at }.
bot-ballot-closes = Closes { $closes_at }.
bot-ballot-closed = It is closed. Thank you!
bot-ballot-choice = { $label }: <b>{ $choice }</b>
bot-switch-here = Go to this workshop
bot-switched = You are now in the workshop <b>{ $title }</b>.
bot-switched-toast = Done.
bot-foreign-button = This button is not for you, or it no longer works.

bot-idea-noted = ✔ Idea { $number } noted.
bot-idea-hint = To correct it, edit your message. Another idea? Write it!
bot-idea-withdraw = Withdraw
bot-idea-changed = ✔ Idea { $number } corrected.
bot-idea-withdrawn = Idea { $number } withdrawn.
bot-idea-withdrawn-toast = Withdrawn.
bot-edit-nothing = This message is not an idea. To change your answer, write a new message.

bot-my-answers = <b>Your answers in the workshop { $title }</b>
bot-my-answers-none = You have not answered yet.
bot-my-answers-more =
    { $count ->
        [one] … and one more idea.
       *[other] … and { $count } more ideas.
    }
bot-language = Which language would you like to read?
bot-language-chosen = All right, I will speak English to you.
bot-leave-sure =
    Do you want to leave the workshop <b>{ $title }</b>?
    You will receive no more questions from it. Your answers stay counted.
bot-leave-yes = Yes, leave
bot-stay = No, stay
bot-left = You have left the workshop <b>{ $title }</b>. To come back, type { $code }.
bot-erase-sure =
    Do you want to erase everything?
    Your name and your ideas will be erased, in every workshop.
    Votes already closed stay counted, with no link to you.
bot-erase-yes = Yes, erase everything
bot-erased =
    It is erased: your name, your ideas, your number.
    Only totals remain, with no link to you.
bot-erase-nobody = I know nothing about you: there is nothing to erase.
bot-nothing-changed = All right, nothing has changed.

bot-thing-stranger = Thank you! I only read written messages. Type the code shown in the room.
bot-thing-wait = Thank you! I only read written messages. No question is open for now.
bot-thing-press = Thank you! I only read written messages. Tap a button under the question.
bot-thing-write = Thank you! I only read written messages. Write your answer in your own words.
bot-thing-steers = I only read written messages. To see the commands, type /help.
bot-too-fast = Slow down! I did not take this message. Wait ten seconds, then go on.
bot-unknown-command = I do not know this command. Type /help to see what you can do.
bot-unknown-command-close = I do not know this command. Did you mean { $closest }?
bot-group = To answer, let us talk in private: tap the button.
bot-group-open = Open the private chat

bot-help =
    <b>How does it work?</b>
    Tap a button, or write your answer.
    To correct an idea, edit your message.

    /my_answers: read your answers again
    /workshops: change workshop
    /language: change language
    /leave: leave the workshop
    /erase: erase everything
