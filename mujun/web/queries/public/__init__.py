"""What everybody sees: read from the very bytes that went out, never from a working table."""
