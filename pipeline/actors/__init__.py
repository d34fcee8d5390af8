"""Who acts: the register of states, bodies and groups, and the matcher that finds them in text."""
