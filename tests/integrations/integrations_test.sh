#!/bin/sh
# Runs what configs/integrations offers, as make and cron would.
#
#   integrations_test.sh PROGRAM CONFIGS
set -eu
program=$1 integrations=$2/integrations
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
unset MAKEFLAGS MFLAGS MAKELEVEL TENFOLD INPUT OUTPUT

fail() {
  echo "$1" >&2
  exit 1
}

mkdir bin data
ln -s "$program" bin/tenfold
PATH=$folder/bin:$PATH
tenfold demo data/train -q
ln -s data/train images
printf '%s\n' 'version: 1' 'input: {root: data/train}' 'output: {root: out}' 'expand: {factor: 2}' \
  'augment: [rotate: {degrees: ±9}]' >recipe.yaml

# make: nothing is run unless there is something to do. The clock of files may tick slowly: what a run leaves is made older.
runs() {
  make -f "$integrations/Makefile" RECIPE=recipe.yaml INPUT=images OUTPUT=out 2>&1 | grep -c '^tenfold run' || true
  touch -d '-2 minutes' recipe.yaml out.listing
  touch -d '-1 minute' out/manifest.jsonl
}
images() { wc -l <out/manifest.jsonl; }
[ "$(runs)" = 1 ] && [ "$(images)" = 202 ] || fail "make does not expand the dataset"
[ "$(runs)" = 0 ] || fail "make runs again, though nothing has changed"
cp data/train/stop/stop_001.jpg 'data/train/stop/one more.jpg'
[ "$(runs)" = 1 ] && [ "$(images)" = 204 ] || fail "make does not see a new image"
rm 'data/train/stop/one more.jpg'
[ "$(runs)" = 1 ] && [ "$(images)" = 202 ] || fail "make does not see that an image is gone"
echo 'seed: 5' >>recipe.yaml
[ "$(runs)" = 1 ] || fail "make does not see that the recipe has changed"
rm -r out
[ "$(runs)" = 1 ] || fail "make does not see that the output is gone"
if make -B -f "$integrations/Makefile" RECIPE=recipe.yaml INPUT=images OUTPUT=out TENFOLD=false >said 2>&1; then
  fail "make takes a failure for a success"
fi
[ -f out/manifest.jsonl ] || fail "make takes away what a run has published"

# cron: the command is what follows the five fields of time.
command=$(sed -n 's/^15 3 \* \* \*  //p' "$integrations/crontab")
rm -r out
RECIPE=recipe.yaml LOG=log /bin/sh -c "$command" >said 2>&1 || fail "the line of cron fails"
[ ! -s said ] || fail "the line of cron says something, so mail would be sent: $(cat said)"
[ -s log ] || fail "the line of cron keeps no log"
printf 'no image' >data/train/stop/broken.jpg
RECIPE=recipe.yaml LOG=log /bin/sh -c "$command" >said 2>&1 || fail "the line of cron takes findings for a failure"
grep -q "skipped 'stop/broken.jpg'" said || fail "the line of cron does not say what was skipped"
if flock recipe.yaml.lock env RECIPE=recipe.yaml LOG=log /bin/sh -c "$command" >said 2>&1; then
  fail "the line of cron runs beside another one"
fi

# Slurm: an array of shards, then the merge, as the script submits them. One image is bad, which is no failure.
tenfold run recipe.yaml -o clean -q || [ $? -eq 3 ] || fail "the dataset cannot be expanded"
cat >bin/sbatch <<'END'
#!/bin/sh
# Runs at once what Slurm would: `sbatch OPTION... SCRIPT`.
for last; do :; done
export SLURM_JOB_ID=7
case " $* " in
  *" --parsable --array=1-3 "*)
    for task in 1 2 3; do SLURM_ARRAY_TASK_ID=$task sh "$last" || exit; done
    echo '7;cluster'
    ;;
  *" --dependency=afterok:7 "*) sh "$last" ;;
  *) exit 64 ;;
esac
END
chmod +x bin/sbatch
RECIPE=recipe.yaml OUTPUT=slurm SHARDS=3 sh "$integrations/slurm.sh" >said 2>&1 || fail "Slurm's jobs fail: $(cat said)"
diff -r clean slurm || fail "Slurm's jobs do not make the tree of one run"

# Kubernetes: the commands of both jobs, with the volume where it is here.
commands=$(sed -n "s|^ *- \(tenfold .*\)|\1|p" "$integrations/kubernetes.yaml" | sed "s|/data/|$folder/|g")
completions=$(sed -n 's/^  completions: //p' "$integrations/kubernetes.yaml")
rm -r out
index=0
while [ "$index" -lt "$completions" ]; do
  JOB_COMPLETION_INDEX=$index /bin/sh -c "$(echo "$commands" | sed -n 1p)" >said 2>&1 ||
    fail "a pod of Kubernetes fails: $(cat said)"
  index=$((index + 1))
done
/bin/sh -c "$(echo "$commands" | sed -n 2p)" >said 2>&1 || fail "the merge of Kubernetes fails: $(cat said)"
diff -r clean out || fail "the pods of Kubernetes do not make the tree of one run"
