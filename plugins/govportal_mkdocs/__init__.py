"""The door to MkDocs: options in, one call of the core for each hook, verdict out. The only importer of mkdocs."""
