"""People, in the admin. Roles have no page: `migrate` writes them (accounts/service/roles.py)."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import ManyToManyField, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from backoffice.accounts.enums import Role
from backoffice.accounts.models import User

admin.site.unregister(Group)


def role_name(group: Group) -> str:
    """The role that a group stands for, in the reader's language."""
    return str(Role(group.name).label) if group.name in Role else group.name


class RoleFilter(admin.SimpleListFilter):
    """By role."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The roles there are."""
        return list(Role.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        """Those who have the chosen one."""
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


class UserCreation(AdminUserCreationForm[User]):
    """A new user, by address."""

    class Meta:
        model = User
        fields = ("email", "name")


class UserChange(UserChangeForm[User]):
    """Everything there is to change of a user."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = self.fields.get("groups")
        if isinstance(groups, forms.ModelMultipleChoiceField):
            groups.label = _("Roles")
            groups.help_text = ""
            groups.label_from_instance = role_name  # type: ignore[method-assign,assignment]


@admin.register(User)
class PersonAdmin(UserAdmin[User]):
    """Staff and sellers' people; roles are groups, and nobody has permissions of their own."""

    add_form = UserCreation
    add_form_template = "admin/accounts/add_user.html"
    form = UserChange
    ordering = ("email",)
    list_display = ("email", "name", "is_staff", "seller_ref", "is_active", "last_login")
    list_filter = ("is_staff", "is_active", RoleFilter)
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
