"""`python -m bomrisk` is the same as the command `bomrisk`."""

from bomrisk.cli import main

main()
