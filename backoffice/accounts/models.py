"""Who may come in: people and API clients."""

from typing import ClassVar
from zoneinfo import available_timezones

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from backoffice.accounts.enums import Scope


class RedressUserManager(UserManager["User"]):
    """Creates users by e-mail address; there is no user name."""

    def create_user(  # type: ignore[override]
        self, email: str, password: str | None = None, **extra: object
    ) -> "User":
        user = self.model(email=email.strip().lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(  # type: ignore[override]
        self, email: str, password: str | None = None, **extra: object
    ) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Whom to log in: addresses are kept in lower case."""
        return super().get_by_natural_key((username or "").lower())


def validate_zone(name: str) -> None:
    """Refuse a name that is no IANA time zone."""
    if name not in available_timezones():
        raise ValidationError(
            _("%(name)s is not a time zone; use one such as Europe/Berlin."),
            code="unknown_zone",
            params={"name": name},
        )


class User(AbstractUser):
    """A person who logs in by e-mail: staff (`is_staff`, roles are groups) or a seller's.

    `seller_ref` is the marketplace's id of the seller a portal user works for; it is text, not a
    foreign key, because sellers live on a floor above. Nobody is both staff and a seller's.
    """

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    time_zone = models.CharField(
        _("time zone"),
        max_length=60,
        default="UTC",
        validators=[validate_zone],
        help_text=_("An IANA name such as Europe/Berlin; pages show times in it."),
    )
    seller_ref = models.CharField(
        _("works for seller"),
        max_length=100,
        blank=True,
        db_index=True,
        help_text=_("The marketplace's id of the seller; empty for staff."),
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[RedressUserManager] = RedressUserManager()

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(seller_ref="") | Q(is_staff=False),
                name="nobody_is_both_staff_and_seller",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="an_address_is_in_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        """Keep addresses in one form, so that one person is one row."""
        self.email = self.email.strip().lower()

    def get_full_name(self) -> str:
        """How the person is called."""
        return str(self)

    def get_short_name(self) -> str:
        """How the person is called, in brief."""
        return str(self)


class ApiClient(models.Model):
    """A program that calls the API: the marketplace's, or one seller's (`seller_ref`).

    `scopes` say what it may do. Its keys are rows of their own, so that a new key can be handed
    out before the old one ends.
    """

    name = models.CharField(_("name"), max_length=120, unique=True)
    scopes = models.JSONField(_("scopes"), default=list)
    seller_ref = models.CharField(_("for seller"), max_length=100, blank=True)
    active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        verbose_name = _("API client")
        verbose_name_plural = _("API clients")

    def __str__(self) -> str:
        return self.name

    def may(self, scope: Scope) -> bool:
        """Whether this client holds `scope`."""
        return scope in self.scopes


class ApiKey(models.Model):
    """One key of a client: a public prefix to find it by and the SHA-256 of the secret.

    The secret itself is shown once and never stored. Rotation makes a second key and gives the
    first an `expires_at`; both work until then.
    """

    client = models.ForeignKey(ApiClient, models.CASCADE, related_name="keys")
    prefix = models.CharField(_("prefix"), max_length=12, unique=True)
    secret_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(expires_at__gte=models.F("created_at")),
                name="a_key_expires_after_it_was_made",
            )
        ]

    def __str__(self) -> str:
        return self.prefix
