"""A run as a page: one HTML file to read and to hand on, with its pictures in it."""

from let_it_ride.reports.page.document import page, write_page

__all__ = ["page", "write_page"]
