"""Replaying a real consultation through the bot's front door."""
