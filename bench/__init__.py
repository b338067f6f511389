"""Speed, measured side by side with a reference in one run, told as ratios. Run: make bench."""
