"""Addresses that are no pages, with the reason. Everything else is looked at as a page, by `tests/audit` too.

`test_matrix` holds both directions: what stands here gives nobody a page, what does not gives somebody one.
"""

BUTTON = "the address of a button: it does what was sent and leads on"
DRAFT = "takes what is being typed and answers the script"
PART = "a part of a page, which script puts in while one types"
FILE = "a file"
PICTURE = "a picture"
STYLE = "a style sheet"
LEADS_ON = "only leads on"
PROVIDER = "leads to a sign-in service, and is there only where the installation has set one up"

NOT_PAGES: dict[str, str] = {
    **dict.fromkeys(
        (
            "demo:become",
            "design:furigana",
            "desk:case_open",
            "desk:outreach_stop",
            "desk:propose",
            "desk:release",
            "desk:reserve",
            "office:actor_reopen",
            "office:actor_submit",
            "office:actor_verify",
            "office:actors_submit",
            "office:recipe_hide",
            "office:recipe_restore",
            "office:search_dismiss",
            "public:language",
            "workspace:actor_confirm",
            "workspace:actor_reopen",
            "workspace:actor_submit",
            "workspace:agreement_begin",
            "workspace:agreement_confirm",
            "workspace:case_take",
            "workspace:evaluation_open",
            "workspace:evaluation_reopen",
            "workspace:inbox_read",
            "workspace:invitation_withdraw",
            "workspace:issue_move",
            "workspace:issue_support",
            "workspace:listing_confirm",
            "workspace:meeting_action_done",
            "workspace:meeting_fix",
            "workspace:member_role",
            "workspace:project_begin",
            "workspace:project_task_move",
            "workspace:story_begin",
            "workspace:story_picture_remove",
        ),
        BUTTON,
    ),
    "workspace:listing_autosave": DRAFT,
    "public:writing": PART,
    "public:tile": PICTURE,
    "offline:worker": FILE,
    "workspace:similar": PART,
    "public:search_words": PART,
    "public:listing_poster": FILE,
    "workspace:actor_take_out": FILE,
    "workspace:agreement_pdf": FILE,
    "workspace:case_file": FILE,
    "workspace:introduction_file": FILE,
    "mfa_download_recovery_codes": FILE,
    "public:project_picture": PICTURE,
    "public:story_picture": PICTURE,
    "design:accent": STYLE,
    "mfa_login_webauthn": DRAFT,
    "account_reauthenticate": LEADS_ON,
    "socialaccount_signup": LEADS_ON,
    **dict.fromkeys(
        ("line_login", "line_callback", "openid_connect_login", "openid_connect_callback"), PROVIDER
    ),
}
