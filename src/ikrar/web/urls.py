"""Addresses of the pages that belong to no room."""

from django.urls import path

from ikrar.web import views

urlpatterns = [
    path("about/", views.about, name="about"),
    path("healthz", views.healthz, name="healthz"),
]
