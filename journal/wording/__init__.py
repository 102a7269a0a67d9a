"""Every sentence a person can read, one file a face or an area."""
