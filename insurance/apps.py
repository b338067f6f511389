"""Cover and claims: the fast path that needs no dispute. Empty until its issue comes."""

from django.apps import AppConfig


class InsuranceConfig(AppConfig):
    name = "insurance"
