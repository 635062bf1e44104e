"""The picture of a map, piece by piece: fetched from its maker by this server, kept for a while, handed out as ours.

A reader's browser asks this site alone (docs/adr/0015-maps.md). `source` says whose pictures, `grid` which of them,
`fetching` asks for one, `keeping` has them on disk, `serving` joins the three.
"""
