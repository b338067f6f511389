"""What becomes of the bytes somebody sends: looked at, decoded, made anew. It knows no table."""
