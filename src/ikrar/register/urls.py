"""Addresses of the register: behind the login, and what is public."""

from django.urls import include, path

from ikrar.register import views

SYMBOL = "<str:party>/<str:year>/<str:code>/"

public = [
    path("", views.public_register, name="register"),
    path("rows.csv", views.public_csv, name="register_csv"),
    path("rows.json", views.public_json, name="register_json"),
    path(SYMBOL, views.public_undertaking, name="undertaking"),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("register/", views.register, name="register"),
    path("register/rows.csv", views.register_csv, name="register_csv"),
    path("register/rows.json", views.register_json, name="register_json"),
    path(f"register/{SYMBOL}", views.undertaking, name="undertaking"),
    path(f"register/{SYMBOL}record/<str:kind>/", views.record, name="record"),
    path(f"register/{SYMBOL}annul/<str:act>/", views.strike, name="annul"),
    path("sources/", views.sources, name="sources"),
    path("sources/<symbol>/", views.source, name="source"),
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/<symbol>/", views.meeting, name="meeting"),
    path("public/", include((public, "public"))),
]
