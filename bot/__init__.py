"""The bot: Rasa with our own pipeline. Private, small and replaceable; it decides nothing."""
