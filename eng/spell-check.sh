#!/usr/bin/env bash
# Checks the spelling of the documentation and of comments by cspell, in British and American English. eng/words.txt has the project's own words.
#   eng/spell-check.sh          fails on an unknown word
#   eng/spell-check.sh --add    adds the unknown words to eng/words.txt: look at them before you commit
# Where npm or cspell cannot be had it says so and ends without an error.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v npx > /dev/null || ! npx --yes cspell@9.8.0 --version > /dev/null 2>&1; then
  echo "Spelling was not checked: it needs npm, and cspell from it."
  exit 0
fi

check=(npx --yes cspell@9.8.0 lint --config eng/cspell.json --gitignore --dot --no-progress)
files=('*.md' '.github/**/*.md' 'docs/**/*.md' '{src,tests,samples,bench,eng}/**/*.{md,cs}')
if [ "${1:-}" = --add ]; then
  { cat eng/words.txt; "${check[@]}" --no-summary --words-only --unique "${files[@]}" || true; } | LC_ALL=C sort -fu > eng/words.new
  mv eng/words.new eng/words.txt
else
  "${check[@]}" "${files[@]}" || { echo "Correct the words above, or add them by eng/spell-check.sh --add." >&2; exit 1; }
fi
