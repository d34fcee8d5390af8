"""How models/mini is made: an encoder out of a wheel, public corpora, lists of names. Needs the extra `recipe`."""
