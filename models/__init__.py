"""The nouns of the house: plain frozen values that know nobody and reach nowhere."""
