"""How this bot runs Rasa: stores, locks, words and the measured run-time adjustments."""
