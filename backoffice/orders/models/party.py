"""The two sides of an order."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backoffice.orders.enums import Standing


class Seller(models.Model):
    """A seller, as the marketplace names it. `standing` follows from penalties, floors above."""

    external_id = models.CharField(_("seller number"), max_length=100, unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    standing = models.CharField(
        _("standing"), max_length=12, choices=Standing, default=Standing.GOOD
    )

    class Meta:
        verbose_name = _("seller")
        verbose_name_plural = _("sellers")
        constraints = [
            models.CheckConstraint(
                condition=Q(standing__in=Standing.values), name="a_seller_has_a_known_standing"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.external_id


class Buyer(models.Model):
    """A buyer, as the marketplace names him; nothing personal is kept but a name to greet with."""

    external_id = models.CharField(_("buyer number"), max_length=100, unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)

    class Meta:
        verbose_name = _("buyer")
        verbose_name_plural = _("buyers")

    def __str__(self) -> str:
        return self.name or self.external_id
