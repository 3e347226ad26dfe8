"""From a sentence's name to words in a language."""
