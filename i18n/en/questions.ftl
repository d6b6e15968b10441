question-choice = Your choice

question-single = Single choice
    .command = poll
    .menu = Ask a question with one choice
    .usage =
        Write the question, then the choices, separated by a bar:
        <code>/poll Shall we go on? | Yes | No</code>
    .instruction = Tap your choice. You may change your mind until it closes.
    .noted = ✔ Noted: { $choice }

question-multiple = Multiple choice
    .command = choices
    .menu = Ask a question with several choices
    .usage =
        Write the limit, the question, then the choices:
        <code>/choices 2 Which themes? | School | Work | Health</code>
    .instruction =
        { $at_most ->
            [one] Tap one choice. You may change your mind until it closes.
           *[other] Tap up to { $at_most } choices. Tap one again to remove it.
        }
    .noted =
        { $left ->
            [0] ✔ Noted: { $choice }
            [one] ✔ Noted: { $choice }. One more choice is possible.
           *[other] ✔ Noted: { $choice }. { $left } more choices are possible.
        }
    .emptied = You have no choice left.

question-ideas = Ideas
    .command = ideas
    .menu = Ask for ideas
    .usage =
        Write the question:
        <code>/ideas What should change here?</code>
    .instruction = Write your idea below. One idea per message, as many as you like.
    .noted = ✔ Thank you!

question-words = Words
    .given = Your words
    .command = words
    .menu = Ask for one to three words
    .usage =
        Write the question:
        <code>/words One word for the day?</code>
    .instruction = Write up to { $at_most } words below, separated by commas.
    .noted =
        { $left ->
            [0] ✔ Noted: { $words }
            [one] ✔ Noted: { $words }. One more word is possible.
           *[other] ✔ Noted: { $words }. { $left } more words are possible.
        }
    .clear = Erase my words
    .cleared = Your words are erased. Write others.
