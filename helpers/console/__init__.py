"""The portal's views in a cell: their messages, and the SDK calls that their controls show."""
