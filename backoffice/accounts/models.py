"""Who may come in: people and API clients."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backoffice.accounts.enums import Scope


class RedressUserManager(UserManager["User"]):
    """Creates users by e-mail address; there is no user name."""

    def create_user(  # type: ignore[override]
        self, email: str, password: str | None = None, **extra: object
    ) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(  # type: ignore[override]
        self, email: str, password: str | None = None, **extra: object
    ) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)


class User(AbstractUser):
    """A person who logs in by e-mail: staff (`is_staff`, roles are groups) or a seller's.

    `seller_ref` is the marketplace's id of the seller a portal user works for; it is text, not a
    foreign key, because sellers live on a floor above. Nobody is both staff and a seller's.
    """

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    seller_ref = models.CharField(max_length=100, blank=True, db_index=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[RedressUserManager] = RedressUserManager()

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(seller_ref="") | Q(is_staff=False),
                name="nobody_is_both_staff_and_seller",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email


class ApiClient(models.Model):
    """A program that calls the API: the marketplace's, or one seller's (`seller_ref`).

    `scopes` say what it may do. Its keys are rows of their own, so that a new key can be handed
    out before the old one ends.
    """

    name = models.CharField(max_length=120, unique=True)
    scopes = models.JSONField(default=list)
    seller_ref = models.CharField(max_length=100, blank=True)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

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
    prefix = models.CharField(max_length=12, unique=True)
    secret_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(expires_at__gte=models.F("created_at")),
                name="a_key_expires_after_it_was_made",
            )
        ]

    def __str__(self) -> str:
        return self.prefix
