"""A file as it is shown to those who may see it: by its signed addresses, never its original."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backoffice.common.api.fields import StrictSerializer, Text
from backoffice.files.enums import Format, Kind
from backoffice.files.models import StoredFile, Upload
from backoffice.files.pipeline.results import MAX_BYTES
from backoffice.files.queries.addresses import address, upload_token


class AddressesOut(serializers.Serializer[Any]):
    """Where the file can be fetched, without a key, for some minutes."""

    view = serializers.URLField(required=False, help_text="A photo, at most 4096 pixels a side.")
    large = serializers.URLField(required=False, help_text="At most 1280 pixels a side.")
    small = serializers.URLField(required=False, help_text="At most 320 pixels a side.")
    document = serializers.URLField(required=False, help_text="A PDF, to be saved.")
    until = serializers.DateTimeField(help_text="When these addresses end; read anew for others.")


class FileOut(serializers.Serializer[Any]):
    """A photo or a document."""

    id = serializers.CharField(source="public_id", help_text="To name it in evidence.")
    name = serializers.CharField(help_text="The sender's, made harmless.")
    kind = serializers.ChoiceField(list(Kind))
    format = serializers.ChoiceField(list(Format), help_text="By its bytes.")
    size = serializers.IntegerField(help_text="Bytes of the original.")
    sha256 = serializers.CharField(help_text="Of the original.")
    width = serializers.IntegerField(help_text="Upright, in pixels; 0 for a document.")
    height = serializers.IntegerField(help_text="Upright, in pixels; 0 for a document.")
    time_stored = serializers.DateTimeField(source="at")
    addresses = serializers.SerializerMethodField()

    @extend_schema_field(AddressesOut)
    def get_addresses(self, file: StoredFile) -> dict[str, Any]:
        """One for each variant."""
        now, absolute = self.context["now"], self.context["request"].build_absolute_uri
        found = {variant: address(file, variant, now) for variant in file.variants}
        links = {variant.lower(): absolute(there.href) for variant, there in found.items()}
        until = max(there.until for there in found.values())
        return links | {"until": serializers.DateTimeField().to_representation(until)}


class RefusedOut(serializers.Serializer[Any]):
    """Why a file was not taken."""

    code = serializers.CharField(help_text="`file_empty`, `file_too_large`, and so on: docs.")
    detail = serializers.CharField(
        source="message", help_text="For people, in the language of Accept-Language."
    )


class ArrivedOut(serializers.Serializer[Any]):
    """What became of one file of a call: either of the two."""

    name = serializers.CharField(help_text="As it was sent, made harmless.")
    stored = FileOut(allow_null=True)
    refused = RefusedOut(allow_null=True)


class ArrivalsOut(serializers.Serializer[Any]):
    """One answer for each file, in the order sent."""

    files = ArrivedOut(many=True)


class NewUpload(StrictSerializer):
    """A file announced."""

    name = Text(max_length=10_000, help_text="For showing; it tells nothing of the type.")
    size = serializers.IntegerField(
        min_value=1, max_value=MAX_BYTES, help_text="Exactly how many bytes will come."
    )


class UploadOut(serializers.Serializer[Any]):
    """Where to put an announced file, and what to call then."""

    id = serializers.CharField(source="public_id")
    method = serializers.SerializerMethodField()
    href = serializers.SerializerMethodField(help_text="PUT the bytes here, as they are.")
    expires = serializers.DateTimeField(source="expires_at")

    @extend_schema_field(serializers.ChoiceField(["PUT"]))
    def get_method(self, upload: Upload) -> str:
        """How to send the bytes."""
        return "PUT"

    @extend_schema_field(serializers.URLField())
    def get_href(self, upload: Upload) -> str:
        """The bucket's signed address, or ours."""
        own = reverse("files:incoming", args=[upload_token(upload)])
        return str(self.context["put_at"] or self.context["request"].build_absolute_uri(own))
