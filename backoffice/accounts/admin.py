"""People, in the admin. Roles have no page: `migrate` writes them (accounts/service/roles.py)."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import ManyToManyField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from backoffice.accounts.models import User

admin.site.unregister(Group)


class UserCreation(AdminUserCreationForm[User]):
    """A new user, by address."""

    class Meta:
        model = User
        fields = ("email", "name")


class UserChange(UserChangeForm[User]):
    """Everything there is to change of a user."""


@admin.register(User)
class PersonAdmin(UserAdmin[User]):
    """Staff and sellers' people; roles are groups, and nobody has permissions of their own."""

    add_form = UserCreation
    form = UserChange
    ordering = ("email",)
    list_display = ("email", "name", "is_staff", "seller_ref", "is_active", "last_login")
    list_filter = ("is_staff", "is_active", "groups")
    search_fields = ("email", "name", "seller_ref")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("email", "name", "password", "time_zone")}),
        (_("What they may do"), {"fields": ("is_active", "is_staff", "groups", "seller_ref")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("last_login", "date_joined")
    formfield_overrides = {ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    add_fieldsets = (
        (None, {"fields": ("email", "name", "usable_password", "password1", "password2")}),
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: what somebody did keeps its author. Whoever leaves is made inactive."""
        return False
