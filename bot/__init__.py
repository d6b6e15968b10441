"""The Telegram door: turns updates into actions of the rules, and what the rules decide into messages."""
