"""The public rim: channels, API and console over HTTP. Thin: adapt, call a use case, adapt back."""
