question-single = Single choice
    .instruction = Tap your choice. You may change your mind until it closes.
    .noted = ✔ Noted: { $choice }

question-multiple = Multiple choice
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
    .instruction = Write your idea below. One idea per message, as many as you like.
    .noted = ✔ Thank you!

question-words = Words
    .instruction = Write up to { $at_most } words below, separated by commas.
    .noted =
        { $left ->
            [0] ✔ Noted: { $words }
            [one] ✔ Noted: { $words }. One more word is possible.
           *[other] ✔ Noted: { $words }. { $left } more words are possible.
        }
    .clear = Erase my words
    .cleared = Your words are erased. Write others.
