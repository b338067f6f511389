"""People, in the admin."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.utils.translation import gettext_lazy as _

from backoffice.accounts.models import User


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
    add_fieldsets = (
        (None, {"fields": ("email", "name", "usable_password", "password1", "password2")}),
    )
