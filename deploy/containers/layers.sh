#!/usr/bin/env bash
# Divides what `dotnet publish` wrote into the layers of an image, by how often they change: an upgrade ships the last alone.
#   layers.sh PUBLISHED LAYERS      makes LAYERS/libtorch, LAYERS/packages and LAYERS/own
set -euo pipefail
published=$1 layers=$2
mkdir -p "$layers"/{libtorch,packages,own}

while IFS= read -r -d '' file; do
  case $file in
    libtorch*.so | libc10.so | libgomp*) layer=libtorch ;;
    Experiments.* | experiments* | wwwroot/_framework/* | appsettings*.json) layer=own ;;
    wwwroot/_content/*) layer=packages ;;
    wwwroot/*) layer=own ;;
    *) layer=packages ;;
  esac
  mkdir -p "$layers/$layer/$(dirname "$file")"
  # A copy, because what publish writes may be a hard link into the package cache.
  cp "$published/$file" "$layers/$layer/$file"
done < <(cd "$published" && find . -type f -printf '%P\0')

# 92 MB of libtorch are names of functions that no debugger here will ask for.
if [ -f "$layers/libtorch/libtorch_cpu.so" ]; then
  strip --strip-unneeded "$layers/libtorch/libtorch_cpu.so"
fi

# The same content is the same layer, whenever and by whomever it was built.
chmod -R u=rwX,go=rX "$layers"
find "$layers" -exec touch --no-dereference --date=2000-01-01T00:00:00Z {} +
