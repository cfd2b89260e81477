#!/bin/bash
# Formats disks: kafka-storage.sh format -t CLUSTER -c SERVER.PROPERTIES
exec "$(dirname "${BASH_SOURCE[0]}")/kafka-run-class.sh" kafka.tools.StorageTool "$@"
