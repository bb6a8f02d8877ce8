"""The web chat and its one-question-a-page alternative: server-rendered, complete without JavaScript."""
