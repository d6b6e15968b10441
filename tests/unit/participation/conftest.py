"""Hypothesis without a stopwatch: a busy machine must not make a true claim false."""

from hypothesis import settings

settings.register_profile("palabre", deadline=None, max_examples=60)
settings.load_profile("palabre")
