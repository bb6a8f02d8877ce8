"""Microsoft Teams for school staff and other professionals: the same use cases, drawn as Adaptive Cards."""
