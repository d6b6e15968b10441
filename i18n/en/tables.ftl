### The workbook people download: its sheets and their columns.

table-answers = Answers
table-ideas = Ideas
table-results = Results
table-column-activity = Question no.
table-column-type = Type
table-column-question = Question
table-column-member = Person no.
table-column-answer = Answer
table-column-answered_at = Answered at ({ $zone })
table-column-id = Idea no.
table-column-text = Idea
table-column-theme = Theme
table-column-created_at = Written at ({ $zone })
table-column-same_as = Same idea as no.
table-column-label = Choice, word or theme
table-column-count = Number
table-column-voters = People who answered
table-column-share = Share
