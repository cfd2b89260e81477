#!/bin/bash
# Starts a node: kafka-server-start.sh SERVER.PROPERTIES
exec "$(dirname "${BASH_SOURCE[0]}")/kafka-run-class.sh" kafka.Kafka "$@"
