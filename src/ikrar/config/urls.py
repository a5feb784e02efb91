"""Every address of the project: each room brings its own."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name=settings.HOME_VIEW), name="home"),
    path("", include("ikrar.web.urls")),
    path("accounts/", include("ikrar.accounts.urls")),
    path("directory/", include("ikrar.directory.urls")),
]

handler400 = "ikrar.web.views.bad_request"
handler403 = "ikrar.web.views.permission_denied"
handler404 = "ikrar.web.views.page_not_found"
handler500 = "ikrar.web.views.server_error"
