"""The company's own records: taken in, made up for samples, and sent back."""
