"""Alarms that ring until somebody acknowledges them: on the console, by e-mail, by webhook."""
