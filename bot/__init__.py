"""The Telegram door: turns updates into actions of the rules, and what the rules decide into messages."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "1")
"""python-telegram-bot gives spans as timedeltas, without warning that it will one day."""
