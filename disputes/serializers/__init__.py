"""What comes in and goes out through the API: bodies, lists, one case, examples."""
