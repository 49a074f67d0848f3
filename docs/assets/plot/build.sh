#!/usr/bin/env bash
# Builds plot.js and LICENSES.txt from the locked packages; run it after a change of package.json or entry.js.
set -eu
cd "$(dirname "$0")"
npm ci --silent --no-audit --no-fund
npx esbuild entry.js --bundle --minify --format=iife --global-name=Plot --target=es2020 --legal-comments=none --metafile=meta.json --outfile=plot.js
node licences.mjs meta.json > LICENSES.txt
rm -rf node_modules meta.json
