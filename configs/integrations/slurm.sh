#!/bin/sh
# Expands a dataset on many nodes of a Slurm cluster, into one folder on their shared file system:
#
#   RECIPE=recipe.yaml OUTPUT=data/train-x10 SHARDS=8 sh slurm.sh
#
# submits this script twice: as an array of jobs that make a shard each, and as one that merges them when all are done.
# A job that was ended continues when it is submitted again; so does all of it.
#SBATCH --job-name=tenfold
#SBATCH --cpus-per-task=8
#SBATCH --mem=8G
#SBATCH --time=8:00:00
#SBATCH --requeue
set -eu
export RECIPE="${RECIPE:-recipe.yaml}" OUTPUT="${OUTPUT:-data/train-x10}" SHARDS="${SHARDS:-8}"

if [ -z "${SLURM_JOB_ID:-}" ]; then
  array=$(sbatch --parsable --array="1-$SHARDS" "$0")
  exec sbatch --dependency="afterok:${array%%;*}" --kill-on-invalid-dep=yes "$0"
fi

code=0
if [ -n "${SLURM_ARRAY_TASK_ID:-}" ]; then
  tenfold run "$RECIPE" -o "$OUTPUT" --shard "$SLURM_ARRAY_TASK_ID/$SHARDS" -q || code=$?
else
  tenfold merge "$OUTPUT" -q || code=$?
fi
# Done, but images were skipped or a class is short: the output says which.
[ "$code" -eq 3 ] || exit "$code"
