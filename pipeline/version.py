"""The version of the code, which CHANGELOG.md and CITATION.cff name too."""

VERSION = "0.1.0"
