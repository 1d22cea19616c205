"""Files: storing, checking, cleaning, converting and serving of pictures, documents and portraits.

Who may open a file is asked here (`reading`) and decided in `sites.access` and the database.
Front door: `views` (all addresses of files), `storage.PortalStorage`, `fields.PictureField`, `placement`.
"""
