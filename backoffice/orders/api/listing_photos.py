"""What listings show, so that a photo of a case that was taken from one is recognised."""

from __future__ import annotations

from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backoffice.accounts.enums import Scope
from backoffice.accounts.models import ApiClient
from backoffice.common.api.fields import StrictSerializer
from backoffice.common.api.multipart import FilesParser
from backoffice.common.api.views import ApiView
from backoffice.common.errors import Forbidden, Invalid
from backoffice.files.pipeline.results import MAX_BYTES, Photo
from backoffice.files.service import FileRefused, keep_listing, look_at_listing


class ListingPhoto(StrictSerializer):
    """Where a listing shows a photo."""

    photo_url = serializers.URLField(max_length=500, help_text="As an order's lines tell it.")


class ListingPhotoBody(ListingPhoto):
    """The photo with it, as a file."""

    photo = serializers.FileField(help_text="JPEG, PNG, WebP, HEIC or AVIF, at most 10 MB.")


class ListingPhotoOut(serializers.Serializer[Any]):
    """What became of it."""

    photo_url = serializers.URLField()
    recognisable = serializers.BooleanField(
        help_text="False for a picture too plain to be told from others."
    )


class ListingPhotosView(ApiView):
    """`POST listing-photos`. The photo is looked at and not kept, before the transaction begins."""

    scopes = {"POST": Scope.FEED_WRITE}
    parser_classes = [FilesParser]
    address: str
    photo: Photo

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Look at the photo."""
        super().initial(request, *args, **kwargs)
        if request.method == "POST":
            if isinstance(request.auth, ApiClient) and request.auth.seller_ref:
                raise Forbidden("A seller's client feeds nothing: facts are the marketplace's.")
            self.address, self.photo = _told(request)

    @extend_schema(
        tags=["feed"],
        operation_id="feed_listing_photo",
        summary="Tell what a listing shows",
        request={"multipart/form-data": ListingPhotoBody},
        responses=ListingPhotoOut,
    )
    def post(self, request: Request) -> Response:
        """Have a listing's photo recognised where a case shows it. Sent again, it is replaced."""
        recognisable = keep_listing(self.address, self.photo)
        told = {"photo_url": self.address, "recognisable": recognisable}
        return Response(ListingPhotoOut(told).data)


def _told(request: Request) -> tuple[str, Photo]:
    """The address and the photo. Raises ValidationError, Invalid, FileRefused naming the part."""
    form = cast(QueryDict, request.data)
    body = ListingPhoto(data={k: v for k, v in form.items() if isinstance(v, str)})
    body.is_valid(raise_exception=True)
    sent: list[UploadedFile[Any]] = request.FILES.getlist("photo")
    if len(sent) != 1 or len(request.FILES) != 1:
        raise Invalid("Send one file, as `photo`.", code="file_required", field="photo")
    try:
        if (sent[0].size or 0) > MAX_BYTES:
            raise FileRefused("too_large")
        return body.validated_data["photo_url"], look_at_listing(sent[0].read())
    except FileRefused as refused:
        refused.field = "photo"
        raise
