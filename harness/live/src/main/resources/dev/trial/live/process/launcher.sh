#!/usr/bin/env bash
# Starts child processes for the harness and outlives none of them: when the harness is gone its end
# of the pipe closes, the loop ends, and every child is killed, paused ones too. Should this launcher
# itself be killed, the kernel kills each child (parent-death signal).
set -u
declare -A children
guard=()
command -v setpriv >/dev/null 2>&1 && guard=(setpriv --pdeathsig KILL --)
while IFS=' ' read -r verb argument script; do
  case $verb in
    start)
      "${guard[@]}" bash "$script" </dev/null >>"$script.log" 2>&1 &
      children[$!]=1
      echo "$argument $!"
      ;;
    signal)
      kill -s "$argument" "$script" 2>/dev/null
      echo "done $script"
      ;;
  esac
done
for child in "${!children[@]}"; do
  kill -s KILL "$child" 2>/dev/null
done
exit 0
