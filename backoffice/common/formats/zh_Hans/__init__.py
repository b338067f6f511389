"""How Chinese pages write dates."""
