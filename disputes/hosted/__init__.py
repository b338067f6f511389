"""The hosted page: buyer or seller without a portal sees his case behind a signed link and acts."""
