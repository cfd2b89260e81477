#!/bin/bash
# Runs a class of Kafka's: kafka-run-class.sh CLASS ARGUMENT…, with the variables that Kafka's own
# script knows: KAFKA_HEAP_OPTS, KAFKA_JVM_PERFORMANCE_OPTS, KAFKA_LOG4J_OPTS, KAFKA_OPTS.
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
logging=${KAFKA_LOG4J_OPTS:--Dlog4j2.configurationFile=$home/config/log4j2.yaml}
# shellcheck disable=SC2086
exec java ${KAFKA_HEAP_OPTS:--Xmx512M} ${KAFKA_JVM_PERFORMANCE_OPTS:-} $logging ${KAFKA_OPTS:-} \
  -cp "$home/libs/*" "$@"
