"""Every address of the project: each room brings its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("ikrar.web.urls")),
    path("accounts/", include("ikrar.accounts.urls")),
    path("directory/", include("ikrar.directory.urls")),
    path("", include("ikrar.register.urls")),
]

handler400 = "ikrar.web.views.bad_request"
handler403 = "ikrar.web.views.permission_denied"
handler404 = "ikrar.web.views.page_not_found"
handler500 = "ikrar.web.views.server_error"
