"""The answering half: one message in, one conversation step out."""
