"""Speed of the print engine and of its peers on the same text."""
