"""Reading what people really write: pure functions from text to findings, with no Rasa in sight."""
