"""The orders' addresses under /api/v1/."""

from django.urls import path

from backoffice.orders.api import views
from backoffice.orders.api.listing_photos import ListingPhotosView

app_name = "orders"
urlpatterns = [
    path("orders", views.OrdersView.as_view(), name="feed-orders"),
    path("shipments", views.ShipmentsView.as_view(), name="feed-shipments"),
    path("tracking-events", views.TrackingEventsView.as_view(), name="feed-tracking-events"),
    path("listing-photos", ListingPhotosView.as_view(), name="feed-listing-photos"),
    path("orders/<path:external_id>", views.OrderView.as_view(), name="order"),
]
