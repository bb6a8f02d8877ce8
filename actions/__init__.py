"""Rasa custom actions: read the tracker, call one use case, return what is to be said. No rule and no SQL here."""
