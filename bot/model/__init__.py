"""The embedding model and the safety judge, built from verified parts and cached by content."""
