"""The open quote: what is on the desk, its history, settings, and the errands that read and write files. Must not know Qt."""
