"""Every address. What visitors read stands at the top, the rest by audience."""

from allauth.account import views as account
from allauth.socialaccount import views as socialaccount
from allauth.urls import build_provider_urlpatterns
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

handler403 = "musubi.config.errors.forbidden"

# Signing in: allauth's pages one by one, without those that would give somebody a password.
account_patterns = [
    path("login/", account.login, name="account_login"),
    path("login/code/", account.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    # Leads on to the second factor; allauth goes there before another sign-in service is added.
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("email/", account.email, name="account_email"),
    path("confirm-email/", account.email_verification_sent, name="account_email_verification_sent"),
    path("2fa/", include("allauth.mfa.urls")),
    # allauth forgets to open it: who could not sign in would be led to the sign-in without a word.
    path(
        "3rdparty/login/error/",
        login_not_required(socialaccount.login_error),
        name="socialaccount_login_error",
    ),
    path("3rdparty/", include("allauth.socialaccount.urls")),
    *build_provider_urlpatterns(),
]

urlpatterns = [
    path("", include("musubi.web.public.urls")),
    path("workspace/", include("musubi.web.workspace.urls")),
    path("desk/", include("musubi.web.desk.urls")),
    path("office/", include("musubi.web.office.urls")),
    path("accounts/", include(account_patterns)),
    path("design/", include("musubi.web.design.urls")),
    path("", include("musubi.web.design.offline.urls")),
]
if settings.DEMONSTRATION:
    urlpatterns += [path("dev/", include("musubi.demo.urls"))]
