"""Everything Musubi reads from its environment, in one typed place.

A missing or wrong variable stops the start with a sentence that names it and says what to do.
"""

import os
import re
import secrets
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, NoReturn
from urllib.parse import urlsplit

from environs import Env as Reader
from environs import EnvError

from musubi.base.tiles.source import GSI, TileSource
from musubi.web.design.accent import USUAL, UnreadableAccent, shades_of

ROOT = Path(__file__).resolve().parents[3]
Mode = Literal["demonstration", "production"]
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
# Its origin goes into the Content-Security-Policy, where a space, comma or semicolon would end the rule.
ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[^\s,;]*)?")
MAP_ZOOMS = re.compile(r"([0-9]{1,2})-([0-9]{1,2})")
LAST_ZOOM, LAST_DAY = 20, 365


class WrongEnvironment(SystemExit):
    """The environment cannot be used; the message is for the person who starts the program."""


@dataclass(frozen=True, kw_only=True)
class SignInProvider:
    """An outside sign-in service: client id and secret, and for OpenID Connect its address."""

    client_id: str
    secret: str = field(repr=False)
    name: str = ""
    server_url: str = ""

    @property
    def origin(self) -> str:
        """Scheme, host and port of the address: where the browser is sent to."""
        parts = urlsplit(self.server_url)
        return f"{parts.scheme}://{parts.netloc}".lower()


@dataclass(frozen=True, kw_only=True)
class Env:
    """The settings of one installation, as read from environment variables."""

    mode: Mode
    data_dir: Path
    secret_key: str = field(repr=False)
    hosts: tuple[str, ...]
    base_url: str
    database_url: str = field(repr=False)
    replica_url: str = field(repr=False)
    cache_url: str = field(repr=False)
    email_url: str = field(repr=False)
    from_email: str
    trusted_proxies: int
    vectors: bool
    offline: bool
    embedding: Path | None
    accent: str
    fonts: Path | None
    tiles: TileSource | None
    openid_connect: SignInProvider | None
    line: SignInProvider | None

    @property
    def demonstration(self) -> bool:
        return self.mode == "demonstration"


def refuse(sentence: str) -> NoReturn:
    """Stop with a sentence on stderr and exit code 2."""
    print(f"Musubi を始められません: {sentence}", file=sys.stderr)
    raise WrongEnvironment(2)


def read_env() -> Env:
    """Read and check the environment; in the demonstration every variable may be absent."""
    reader = Reader()
    try:
        return _read(reader)
    except EnvError as error:
        refuse(f"環境変数の値が正しくありません（{error}）。docs/operations.md の表を見て直してください。")


def _read(reader: Reader) -> Env:
    mode = reader.str("MUSUBI_MODE", "demonstration")
    if mode not in ("demonstration", "production"):
        refuse(f"MUSUBI_MODE は demonstration か production です（いまの値: {mode}）。")
    production = mode == "production"
    data_dir = reader.path("MUSUBI_DATA_DIR", ROOT / "var")
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        refuse(
            f"MUSUBI_DATA_DIR の場所 {data_dir} を作れません（{error.strerror}）。書き込める場所を指定してください。"
        )
    hosts: tuple[str, ...] = tuple(reader.list("MUSUBI_HOSTS", []))
    if production:
        _demand(
            reader,
            MUSUBI_SECRET_KEY="50 文字以上の、だれにも知られない文字列",
            MUSUBI_HOSTS="公開するホスト名（例: musubi.city.example.jp。複数はコンマ区切り）",
            MUSUBI_BASE_URL="メールに書く先頭の住所（例: https://musubi.city.example.jp）",
            DATABASE_URL="データベース（例: postgres://user:password@host:5432/musubi）",
            EMAIL_URL="メールの送り方（例: smtp+tls://user:password@host:587）",
            MUSUBI_FROM_EMAIL="差出人のメールアドレス",
        )
        if len(reader.str("MUSUBI_SECRET_KEY")) < 50:
            refuse("MUSUBI_SECRET_KEY は 50 文字以上にしてください。")
        if not reader.str("MUSUBI_BASE_URL").startswith("https://"):
            refuse("MUSUBI_BASE_URL は https:// で始めてください。")
    elif hosts:
        refuse(
            "見本（MUSUBI_MODE=demonstration）は、このパソコンの中だけで開けます。MUSUBI_HOSTS を外してください。"
            "ほかの人が使うサイトにするときは MUSUBI_MODE=production を設定してください。"
        )
    database_url = reader.str("DATABASE_URL", f"sqlite:///{data_dir / 'musubi.sqlite3'}")
    if database_url.split(":", 1)[0] not in ("sqlite", "postgres", "postgresql"):
        refuse("DATABASE_URL は sqlite:///path か postgres://… の形で書いてください。")
    replica_url = reader.str("DATABASE_REPLICA_URL", "")
    if replica_url and not all(
        url.split(":", 1)[0] in ("postgres", "postgresql") for url in (database_url, replica_url)
    ):
        refuse(
            "DATABASE_REPLICA_URL は、DATABASE_URL と同じ PostgreSQL の複製を postgres://… の形で書いてください。"
        )
    trusted_proxies = reader.int("MUSUBI_TRUSTED_PROXIES", 0)
    if not 0 <= trusted_proxies <= 9:
        refuse("MUSUBI_TRUSTED_PROXIES は、前に置くリバースプロキシの数です。0 から 9 で書いてください。")
    return Env(
        mode="production" if production else "demonstration",
        data_dir=data_dir,
        secret_key=reader.str("MUSUBI_SECRET_KEY", "") or _kept_secret(data_dir / "secret_key"),
        hosts=hosts if production else LOOPBACK,
        base_url=reader.str("MUSUBI_BASE_URL", "http://127.0.0.1:8000").rstrip("/"),
        database_url=database_url,
        replica_url=replica_url,
        cache_url=reader.str("CACHE_URL", "db://musubi_cache"),
        email_url=reader.str("EMAIL_URL", ""),
        from_email=reader.str("MUSUBI_FROM_EMAIL", "結浜市 Musubi <musubi@example.jp>"),
        trusted_proxies=trusted_proxies,
        vectors=_switch(reader, "MUSUBI_VECTORS"),
        offline=_switch(reader, "MUSUBI_OFFLINE"),
        embedding=_embedding(reader),
        accent=_accent(reader),
        fonts=_fonts(reader),
        tiles=_tiles(reader),
        openid_connect=_provider(reader, "MUSUBI_OIDC", needs_server=True),
        line=_provider(reader, "MUSUBI_LINE", needs_server=False),
    )


def _switch(reader: Reader, name: str) -> bool:
    value = reader.str(name, "on")
    if value not in ("on", "off"):
        refuse(f"{name} は on か off です（いまの値: {value}）。")
    return value == "on"


def _embedding(reader: Reader) -> Path | None:
    value = reader.str("MUSUBI_EMBEDDING", "")
    if not value:
        return None
    folder = Path(value)
    if absent := [name for name in ("model.onnx", "vocab.txt") if not (folder / name).is_file()]:
        refuse(
            f"MUSUBI_EMBEDDING の場所 {folder} に {'、'.join(absent)} がありません。"
            "文の埋め込みの模型を置いたフォルダーを指定するか、MUSUBI_EMBEDDING を外してください。"
        )
    return folder


def _accent(reader: Reader) -> str:
    value = reader.str("MUSUBI_ACCENT", "") or USUAL
    try:
        light, _ = shades_of(value)
    except UnreadableAccent as error:
        refuse(f"MUSUBI_ACCENT: {error}")
    return light.accent


def _fonts(reader: Reader) -> Path | None:
    value = reader.str("MUSUBI_FONTS", "")
    if not value:
        return None
    folder = Path(value)
    if not folder.is_dir():
        refuse(
            f"MUSUBI_FONTS の場所 {folder} がありません。日本語のフォント（BIZ UDGothic など）を置いたフォルダーを"
            "指定するか、MUSUBI_FONTS を外してください。"
        )
    return folder


def _tiles(reader: Reader) -> TileSource | None:
    address = reader.str("MUSUBI_TILES", "") or GSI.address
    if address == "off":
        return None
    if not ADDRESS.fullmatch(address) or any(address.count(part) != 1 for part in ("{z}", "{x}", "{y}")):
        refuse(
            "MUSUBI_TILES は、{z}・{x}・{y} を一つずつ含む https://maps.example.jp/{z}/{x}/{y}.png の形で書くか、"
            "地図を出さないときは off にしてください。"
        )
    maker = reader.str("MUSUBI_TILES_SOURCE", "")
    if address != GSI.address and not maker:
        refuse("MUSUBI_TILES を変えたら、MUSUBI_TILES_SOURCE に地図の出典も書いてください。")
    zooms = MAP_ZOOMS.fullmatch(reader.str("MUSUBI_TILES_ZOOM", f"{GSI.lowest}-{GSI.highest}"))
    lowest, highest = (int(number) for number in zooms.groups()) if zooms else (1, 0)
    if not lowest <= highest <= LAST_ZOOM:
        refuse("MUSUBI_TILES_ZOOM は、地図のいちばん小さい縮尺と大きい縮尺を 5-18 の形で書いてください。")
    days = reader.int("MUSUBI_TILES_DAYS", GSI.days)
    if not 0 <= days <= LAST_DAY:
        refuse(
            "MUSUBI_TILES_DAYS は、地図の絵を取っておく日数です。0（取っておかない）から 365 で書いてください。"
        )
    known = (
        {"maker": GSI.maker, "about": GSI.about} if address == GSI.address else {"maker": maker, "about": ""}
    )
    if maker:
        known["maker"] = maker
    return replace(GSI, address=address, lowest=lowest, highest=highest, days=days, **known)


def _demand(reader: Reader, **what: str) -> None:
    missing = [f"{name} … {meaning}" for name, meaning in what.items() if not reader.str(name, "")]
    if missing:
        refuse("本番では次の環境変数が要ります。\n  " + "\n  ".join(missing))


def _provider(reader: Reader, prefix: str, *, needs_server: bool) -> SignInProvider | None:
    names = ["CLIENT_ID", "CLIENT_SECRET", *(["SERVER_URL"] if needs_server else [])]
    values = {name: reader.str(f"{prefix}_{name}", "") for name in names}
    if not any(values.values()):
        return None
    if absent := [f"{prefix}_{name}" for name, value in values.items() if not value]:
        refuse(
            f"{'、'.join(absent)} もあわせて設定してください（または {prefix}_… をすべて外してください）。"
        )
    server_url = values.get("SERVER_URL", "")
    if needs_server and not ADDRESS.fullmatch(server_url):
        refuse(f"{prefix}_SERVER_URL は https://id.example.jp/… の形で書いてください。")
    return SignInProvider(
        client_id=values["CLIENT_ID"],
        secret=values["CLIENT_SECRET"],
        server_url=server_url,
        name=reader.str(f"{prefix}_NAME", "職員認証"),
    )


def _kept_secret(path: Path) -> str:
    """The embedded default's own key: made once, readable by its owner only."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        key = secrets.token_urlsafe(64)
        file.write(key)
    return key
