#!/bin/sh
# Prints the path of LibreOffice, which saves an answered workbook as suppliers do; installs Debian's where it may.
set -eu
command -v soffice && exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  { apt-get update && apt-get install -y --no-install-recommends libreoffice-calc-nogui; } >&2
  command -v soffice && exit 0
fi
echo "No LibreOffice found: the tests of a workbook saved by it are skipped, and fail in CI. Install 'libreoffice-calc'." >&2
