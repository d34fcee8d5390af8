"""What the United Nations' own record says of vetoes and votes: data/reference/, and happenings held against it."""
