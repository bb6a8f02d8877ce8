"""Graph components and the channel: thin rims over the pure functions of `bot.text`."""
