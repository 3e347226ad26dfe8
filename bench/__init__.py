"""How fast, how large, how quick to start: the product measured from outside, as processes."""
