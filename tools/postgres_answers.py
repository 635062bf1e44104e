"""Exit 0 when a PostgreSQL answers at the address and lets us make a database; else say why not."""

import sys

import psycopg

try:
    with psycopg.connect(sys.argv[1], connect_timeout=3) as connection:
        row = connection.execute(
            "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
except psycopg.Error as error:
    sys.exit(f"つながりませんでした（{str(error).strip().splitlines()[0]}）。")
if not (row and row[0]):
    sys.exit("この利用者はテスト用のデータベースを作れません（CREATEDB が必要です）。")
