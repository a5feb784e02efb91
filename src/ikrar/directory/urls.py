"""Addresses of the directory."""

from django.urls import path

from ikrar.directory import views

urlpatterns = [path("", views.directory, name="directory")]
