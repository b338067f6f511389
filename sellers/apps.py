"""Scorecards, penalties, the seller portal. Empty until their issue comes."""

from django.apps import AppConfig


class SellersConfig(AppConfig):
    name = "sellers"
