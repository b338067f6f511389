"""The disputes resource in the shapes of PayPal's Disputes API v1 (docs/paypal.md).

A door only: it reads PayPal's bodies, calls the verbs that /api/v1 calls, and writes PayPal's
answers.
"""
