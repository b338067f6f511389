"""The evidence bundle: all there is of a case in one ZIP that can be checked without us."""
