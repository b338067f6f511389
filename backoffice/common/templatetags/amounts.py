"""Money as pages show it."""

from django import template

from backoffice.common.money import Money

register = template.Library()


@register.filter
def money(amount: Money) -> str:
    """ "1,488.00 USD": as many digits as the currency has, thousands set apart."""
    return f"{amount.decimal():,f} {amount.currency}"
