"""What only a bucket can do: give its own short-lived addresses, to read from and to write to."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import default_storage, storages

READ_SECONDS = 60  # a redirect is followed at once


def _bucket() -> Any | None:
    """The S3 storage; None where files lie under var/."""
    storage: Any = storages["default"]
    return storage if hasattr(storage, "bucket_name") else None


def signed_elsewhere(key: str, content_type: str, disposition: str) -> str:
    """The bucket's address of `key`, as that type and under that name; "" without a bucket."""
    bucket = _bucket()
    if bucket is None:
        return ""
    asked = {"ResponseContentType": content_type, "ResponseContentDisposition": disposition}
    return str(bucket.url(key, parameters=asked, expire=READ_SECONDS))


def signed_put(key: str, size: int, seconds: int) -> str:
    """Where exactly `size` bytes may be PUT as `key`; "" without a bucket."""
    bucket = _bucket()
    if bucket is None:
        return ""
    client = bucket.connection.meta.client
    params = {"Bucket": bucket.bucket_name, "Key": key, "ContentLength": size}
    return str(client.generate_presigned_url("put_object", Params=params, ExpiresIn=seconds))


def size_of(key: str) -> int:
    """How many bytes lie at `key`; 0 where nothing does."""
    return default_storage.size(key) if default_storage.exists(key) else 0
