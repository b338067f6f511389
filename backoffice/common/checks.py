"""`check --deploy` refuses the defaults that are only right on one's own machine."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security, deploy=True)
def check_production(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[Error]:
    """Production needs ALLOWED_HOSTS, a secret of its own, PostgreSQL, a broker and SMTP;

    and people to decide.
    """
    env = settings.ENV
    wants = [
        (env.allowed_hosts, "ALLOWED_HOSTS", "the host names to serve, comma separated"),
        (env.secret_key or env.secret_key_file, "SECRET_KEY or SECRET_KEY_FILE", "a long secret"),
        (env.database_url, "DATABASE_URL", "postgres://..."),
        (env.broker_url, "BROKER_URL", "redis://..."),
        (env.email_url, "EMAIL_URL", "smtp://..."),
    ]
    missing = [
        Error(f"{name} is not set.", hint=f"Set {name} to {what}.", id=f"redress.E{i:03}")
        for i, (value, name, what) in enumerate(wants, 1)
        if not value
    ]
    if not env.simulated_adjudicator:
        return missing
    hint = "It lets a key decide cases in a person's name: for trials only."
    return [*missing, Error("SIMULATED_ADJUDICATOR is set.", hint=hint, id="redress.E101")]
