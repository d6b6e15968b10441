refusal = This is not possible.
refusal-not-found = I cannot find that.
refusal-unknown-code = I do not know the code “{ $code }”. Check it on the room’s screen.
refusal-unknown-activity = I cannot find that question. Add its number to choose one. Example: /close 2
refusal-unknown-idea = This idea is no longer here.
refusal-unknown-theme = This theme is no longer here.
refusal-unknown-member = Nobody has this number in this workshop.
refusal-unknown-workshop = This workshop is gone, or it is not yours.

refusal-not-allowed = You may not do this.
refusal-facilitators-only = Only the facilitation team can do this. Type /help to see what you can do.
refusal-organisers-only = Only the organising team can do this. Type /help to see what you can do.
refusal-not-a-member = You are not in this workshop. Type its code to join.
refusal-not-asked = Your role is not counted in the answers. Type /help to see what you can do.
refusal-consent-missing = Tap “I agree” first. Nothing is kept without your consent.
refusal-not-yours = This idea is not yours.

refusal-wrong-moment = This is not the moment.
refusal-not-open-yet = It is not open yet. Voting opens { $opens_at }.
refusal-already-closed = It is closed. Answers stopped { $closed_at }.
refusal-not-a-draft = Question { $number } is already launched.
refusal-still-a-draft = Question { $number } is not launched yet. Tap “Launch”: /preview
refusal-nothing-open = No question is open. Keep this chat open: the next one arrives here.
refusal-nothing-to-undo = There is nothing to undo.
refusal-no-workshop = You are in no workshop. Type the code shown in the room.
refusal-no-workshop-yet = Open a workshop first: /workshop Neighbourhood meeting
refusal-too-few-ideas = Not enough ideas for themes yet: { $count } of { $needed }. Wait for a few more.
refusal-nothing-to-draw = There are no words to draw yet.

refusal-wrong-answer = I cannot count this answer.
refusal-no-such-option = This choice is not part of the question.
refusal-too-many-choices =
    { $at_most ->
        [one] Only one choice is possible. Tap your choice to remove it, then another.
       *[other] You already have { $at_most } choices, the most allowed. Tap one to remove it.
    }
refusal-too-long = This is too long: { $length } characters, { $limit } at most. Try something shorter.
refusal-empty = I see no word. Write your answer with letters.
refusal-too-many-ideas = Thank you! You gave { $limit } ideas, the most allowed. You may withdraw some.
refusal-too-many-words = Too many words: { $limit } at most. You already gave: { $given }. Tap “Erase my words” to start again.
refusal-too-many-hidden = That would make { $count } hidden words, and a workshop keeps { $limit } at most: none was added. Type /hide to show some again first.
refusal-not-a-word = Write words, separated by commas. For example: school, health
refusal-not-understood =
    { $few ->
        [yes] I did not understand. Tap a button, or write one of these choices: { $options }.
       *[no] I did not understand. Tap a button, or write the number of your choice, from 1 to { $count }.
    }

refusal-wrong-question = I cannot ask this question.
refusal-question-missing = The question is missing. Write it right after the command.
refusal-too-few-options = At least two choices are needed, separated by a bar. Example: /poll Shall we go on? | Yes | No
refusal-too-many-options = Too many choices: { $count }. Keep { $limit } at most.
refusal-twin-options = Two choices look the same: “{ $option }”. Change one.
refusal-option-too-long = This choice is too long: “{ $option }…”. Keep { $limit } characters at most.
refusal-question-too-long = The question is too long: { $length } characters. Keep { $limit } at most.
refusal-needless-options = This question takes no choices. Write only the question.
refusal-wrong-limit = This limit does not fit: { $given }, for { $options } choices. Give a number between 1 and { $options }.
refusal-wrong-time = I do not understand “{ $given }”. Examples: at 14:30, in 5 min, for 10 min
refusal-time-past = This time is already past ({ $given }). Give a time to come.
refusal-title-missing = The title is missing. Example: /workshop Neighbourhood meeting
refusal-unknown-role = I do not know the role “{ $given }”. Roles: facilitator, captain, juror, sponsor, observer, organiser.
refusal-no-message = The text is missing. Example: /announce The break lasts ten minutes.

refusal-spent-code = This link no longer works.
refusal-code-expired = This link is too old. Ask for a new one.
refusal-code-used = This link has been used. Ask for a new one.
