"""What each kind of person is expected to get."""

WHO = ("visitor", "citizen", "member", "owner", "coordinator", "officer", "other_owner", "other_officer")

Case = tuple[str, str, str, dict[str, str]]
"""Method, name of the address, what its arguments are (keys of `things`, `=text` as it stands), who gets what."""


def row(*cells: str) -> dict[str, str]:
    return dict(zip(WHO, cells, strict=True))


L, W = "login", "welcome"
EVERYBODY = row(*["ok"] * 8)
SIGNED_IN = row(L, "ok", "ok", "ok", "ok", "ok", "ok", "ok")
REGISTERED = row(L, "ok", "ok", "ok", "ok", "ok", W, W)
MEMBERS = row(L, "404", "ok", "ok", "404", "404", "404", "404")
EDITORS = row(L, "404", "403", "ok", "404", "404", "404", "404")
STAFF = row(L, "403", "403", "403", "ok", "ok", "403", "403")

OFFICE_ROW = row(L, "404", "404", "404", "404", "ok", "404", "404")
OFFICE = row(L, "403", "403", "403", "403", "ok", "403", "403")
