from django.urls import include, path

from .accessibility.views import accessibility
from .actors import views as actors
from .issues import views as issues
from .listings import views as listings
from .pages import views as pages
from .reports import views as reports
from .search import views as search
from .tiles import views as tiles
from .writing import views as writing

app_name = "public"
urlpatterns = [
    path("", pages.home, name="home"),
    path("search/", search.search, name="search"),
    path("search/words/", search.search_words, name="search_words"),
    path("writing/", writing.writing, name="writing"),
    path("listings/<int:pk>/", listings.listing, name="listing"),
    path("listings/<int:pk>/poster/", listings.listing_poster, name="listing_poster"),
    path("menu/", listings.menu, name="menu"),
    path("actors/", actors.actors, name="actors"),
    path("actors/<int:pk>/", actors.actor, name="actor"),
    path("register/", actors.register, name="register"),
    path("issues/", issues.issues, name="issues"),
    path("issues/<int:pk>/", issues.issue, name="issue"),
    path("report/<str:kind>/<int:pk>/", reports.report, name="report"),
    path("language/", pages.language, name="language"),
    path("towns/", pages.towns, name="towns"),
    path("about/", pages.about, name="about"),
    path("about/matching/", pages.about_matching, name="about_matching"),
    path("help/", pages.help_page, name="help"),
    path("roadmap/", pages.roadmap, name="roadmap"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", accessibility, name="accessibility"),
    path("glossary/", pages.glossary, name="glossary"),
    path("tiles/<int:z>/<int:x>/<int:y>.png", tiles.tile, name="tile"),
    path("i/", include("musubi.web.public.introductions.urls")),
    path("d/", include("musubi.web.public.meetings.urls")),
    path("projects/", include("musubi.web.public.projects.urls")),
    path("v/", include("musubi.web.public.voices.urls")),
    path("stories/", include("musubi.web.public.stories.urls")),
    path("guides/", include("musubi.web.public.guides.urls")),
    path("still/", include("musubi.web.public.still.urls")),
]
