"""Arabic news in, structured political events out: vetoes, vote tallies and ceasefire calls with their evidence."""
