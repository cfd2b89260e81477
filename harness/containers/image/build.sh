#!/bin/bash
# Makes a Kafka image from released jars, where no image registry is to be had:
#   harness/containers/image/build.sh [KAFKA_VERSION [BASE_IMAGE]]
# Without BASE_IMAGE a Debian with a Java 17 is made first (debootstrap, as root).
# The result is called local/kafka:KAFKA_VERSION.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
version=${1:-4.3.1}
base=${2:-local/jre:17}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

if ! docker image inspect "$base" >/dev/null 2>&1; then
  [ "$base" = local/jre:17 ] || { echo "build.sh: no image $base here" >&2; exit 64; }
  debootstrap --variant=minbase --include=openjdk-17-jre-headless bookworm "$scratch/debian"
  rm -rf "$scratch"/debian/var/cache/apt/* "$scratch"/debian/var/lib/apt/lists/*
  tar -C "$scratch/debian" -c . | docker import - "$base"
fi

cp -r "$here"/{Dockerfile,opt,etc} "$scratch"
"$here/../../../mvnw" -B -ntp -q -f "$here/jars.xml" -Dkafka.version="$version" \
  org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies \
  -DoutputDirectory="$scratch/libs"
docker build --build-arg BASE="$base" -t "local/kafka:$version" \
  -f "$scratch/Dockerfile" "$scratch"
