"""What the bot does, one behaviour per module; each says which presses it takes."""
