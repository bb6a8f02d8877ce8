"""Keeps strangers out of other people's conversations: headers, origins, tokens, limits."""
