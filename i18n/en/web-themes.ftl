### The page where themes are read again and corrected.

web-themes-title = Themes of question { $n }
web-themes-back = Back to the workshop
web-themes-columns = Themes
web-to-sort = To sort
web-grouped-at = Grouped { $at }
web-not-grouped = Not grouped yet
web-too-few = It takes at least { $needed } ideas to speak of themes.
web-fragile = to read again
web-fragile-why = This group is not always found again when one starts over: read it again.
web-stability = { $n }% stable
web-stability-why = Share of the repeated groupings in which this theme is found again.
web-reworded = name reworded by a language model
web-more-ideas =
    { $n ->
        [one] Show the other idea
       *[other] Show the { $n } other ideas
    }
web-regroup = Group again
web-new-theme = New theme
web-new-theme-name = Name of the new theme
web-new-theme-make = Create
web-cancel = Cancel
web-undo-none = Nothing to undo
web-undo-rename = Undo the renaming
web-undo-move = Undo the move
web-undo-merge = Undo the merge
web-undo-hide = Undo the hiding
web-undo-show = Undo the return of an idea
web-undo-create = Undo the new theme
web-theme-name = Name of the theme
web-theme-name-hint = Enter to keep, Escape to go back. Empty: the name the machine found.
web-theme-merge = Merge…
web-theme-merge-into = Merge “{ $label }” with…
web-idea-move = Move…
web-idea-move-to = Move idea no. { $number } to…
web-idea-hide = Hide
web-idea-show = Show
web-idea-number = Idea no. { $number }
web-idea-hidden = hidden
web-idea-pinned = placed by hand
web-idea-handle = Drag idea no. { $number }
web-empty-column = Put an idea here.
web-keys = By keyboard: M moves the idea, H hides it, Ctrl + Z undoes.
web-failed = This could not be saved: check the connection.

web-done-rename = Theme named “{ $label }”.
web-done-create = Theme “{ $label }” created.
web-done-move = Idea no. { $number } put in “{ $label }”.
web-done-loosen = Idea no. { $number } is to be sorted again.
web-done-merge = Themes joined in “{ $label }”.
web-done-hide = Idea no. { $number } hidden.
web-done-show = Idea no. { $number } visible again.
web-done-group = Grouping asked for: the columns will move by themselves.
web-undone-rename = Renaming undone.
web-undone-move = Move undone.
web-undone-merge = Merge undone.
web-undone-hide = The idea is visible again.
web-undone-show = The idea is hidden again.
web-undone-create = Creation undone.

web-proposals =
    { $n ->
        [one] One proposal from the machine
       *[other] { $n } proposals from the machine
    }
web-copies-proposed =
    { $n ->
        [0] No idea seems to repeat another.
        [one] Two ideas seem to be the same
       *[other] { $n } times, two ideas seem to be the same
    }
web-paraphrases-proposed =
    { $n ->
        [0] No idea seems to say another one in other words.
        [one] Two ideas may say the same thing in other words
       *[other] { $n } times, two ideas may say the same thing in other words
    }
web-splits-proposed =
    { $n ->
        [0] No message seems to hold several ideas.
        [one] One message seems to hold several ideas
       *[other] { $n } messages seem to hold several ideas
    }
web-splits-how = Nothing to decide here: a message stays whole. Move it to the theme that suits it best.
web-split-into = Idea no. { $number }, read as:
web-likeness = written alike at { $n }%
web-same = It is the same idea
web-done-same = One idea from now on: idea no. { $number } stands for both.
web-undo-same = Undo the union of two ideas
web-undone-same = The two ideas are apart again.
web-said-times = said { $n } times
web-parts = Sub-themes
web-all-parts = All
web-loose-alone =
    { $n ->
        [one] alone
       *[other] alone
    }
web-loose-hollow =
    { $n ->
        [one] nothing said, not counted
       *[other] nothing said, not counted
    }
web-loose-fresh =
    { $n ->
        [one] new
       *[other] new
    }
web-grouping-now = A new grouping is under way: this is the one before.
web-map = Map of the ideas
web-map-how = Two points near each other are two ideas alike. A point that is chosen shows its idea.
web-map-empty = The map will come with the next grouping.
