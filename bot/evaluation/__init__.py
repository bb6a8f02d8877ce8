"""Measure what the bot understands, on sets it was never trained on: `python -m bot.evaluation`."""
