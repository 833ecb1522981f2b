"""How good the handbook is: what a program can judge of its words."""
