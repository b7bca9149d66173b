#!/bin/sh
# Prints the path of a Chromium; installs Debian's where it is missing and this user may.
set -eu
find_it() {
  for name in ${BOMRISK_CHROMIUM:-} chromium chromium-browser google-chrome; do
    command -v "$name" && return 0
  done
  return 1
}
find_it && exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  { apt-get update && apt-get install -y --no-install-recommends chromium; } >&2
  find_it && exit 0
fi
echo "No Chromium found: the browser tests will be skipped, and say so. Install 'chromium' or set BOMRISK_CHROMIUM." >&2
