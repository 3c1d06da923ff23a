"""The open quote: its scenario history, tasks and settings. Must not know Qt."""
