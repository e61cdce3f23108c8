# Completions of tenfold for bash; written by scripts/refresh.sh; changes here are lost.

_tenfold_commands='init run plan merge preview inspect split verify replay explain report clean transforms schema demo'
_tenfold_transforms='horizontal_flip vertical_flip rotate90 transpose d4 rotate safe_rotate translate scale zoom shear affine perspective crop center_crop resized_crop crop_and_pad pad resize elastic grid_distortion optical_distortion piecewise_affine thin_plate_spline grid_shuffle brightness contrast saturation hue color_jitter hue_saturation_value gamma tone_curve channel_shift rgb_shift white_balance temperature fancy_pca grayscale sepia invert solarize posterize channel_shuffle channel_dropout auto_contrast equalize clahe illumination vignette chromatic_aberration gaussian_blur box_blur median_blur motion_blur defocus zoom_blur glass_blur sharpen unsharp_mask emboss gaussian_noise poisson_noise iso_noise multiplicative_noise salt_and_pepper jpeg_compression downscale pixelate superpixels random_erasing coarse_dropout grid_dropout grid_mask pixel_dropout patch_transform rain snow fog shadow sun_flare spatter mixup cutmix mosaic overlay histogram_match fourier_match rand_augment trivial_augment auto_augment aug_mix one_of some_of shuffle sequence'

# The options of a command.
_tenfold_options() {
  case $1 in
    init) echo '-h --help -o --output -j --jobs --json -q --quiet -v --verbose --log-file --color' ;;
    run) echo '-h --help -i --input -o --output --seed --set -j --jobs --memory --timings --shard --dry-run --force --remake --rehash --json -q --quiet -v --verbose --log-file --color' ;;
    plan) echo '-h --help -i --input -o --output --seed --set -j --jobs --memory --timings --shard --fingerprint --json -q --quiet -v --verbose --log-file --color' ;;
    merge) echo '-h --help -i --input -j --jobs --memory --force --json -q --quiet -v --verbose --log-file --color' ;;
    preview) echo '-h --help -i --input -o --output --seed --set -j --jobs --memory --timings --sheet --copies --class --sample --each --json -q --quiet -v --verbose --log-file --color' ;;
    inspect) echo '-h --help --fast --strict --csv -j --jobs --json -q --quiet -v --verbose --log-file --color --min-images --min-side --max-aspect --dark --bright --blank --min-contrast --similar --blur' ;;
    split) echo '-h --help -i --input -o --output --seed --set -j --jobs --memory --timings --file --json -q --quiet -v --verbose --log-file --color' ;;
    verify) echo '-h --help -i --input --quick -j --jobs --json -q --quiet -v --verbose --log-file --color' ;;
    replay) echo '-h --help -i --input --json -q --quiet -v --verbose --log-file --color' ;;
    explain) echo '-h --help -i --input --json -q --quiet -v --verbose --log-file --color' ;;
    report) echo '-h --help -o --output -j --jobs --json -q --quiet -v --verbose --log-file --color' ;;
    clean) echo '-h --help --json -q --quiet -v --verbose --log-file --color' ;;
    transforms) echo '-h --help --markdown --gallery --json -q --quiet -v --verbose --log-file --color' ;;
    schema) echo '-h --help --json -q --quiet -v --verbose --log-file --color' ;;
    demo) echo '-h --help --json -q --quiet -v --verbose --log-file --color' ;;
  esac
}

# What an option wants, of "command,option"; nothing for what wants none.
_tenfold_value() {
  case $1 in
    init,-o | init,--output) echo 'file' ;;
    init,-j | init,--jobs) echo 'nothing' ;;
    init,--log-file) echo 'file' ;;
    init,--color) echo 'auto always never' ;;
    run,-i | run,--input) echo 'folder' ;;
    run,-o | run,--output) echo 'folder' ;;
    run,--seed) echo 'nothing' ;;
    run,--set) echo 'nothing' ;;
    run,-j | run,--jobs) echo 'nothing' ;;
    run,--memory) echo 'nothing' ;;
    run,--shard) echo 'nothing' ;;
    run,--log-file) echo 'file' ;;
    run,--color) echo 'auto always never' ;;
    plan,-i | plan,--input) echo 'folder' ;;
    plan,-o | plan,--output) echo 'folder' ;;
    plan,--seed) echo 'nothing' ;;
    plan,--set) echo 'nothing' ;;
    plan,-j | plan,--jobs) echo 'nothing' ;;
    plan,--memory) echo 'nothing' ;;
    plan,--shard) echo 'nothing' ;;
    plan,--log-file) echo 'file' ;;
    plan,--color) echo 'auto always never' ;;
    merge,-i | merge,--input) echo 'folder' ;;
    merge,-j | merge,--jobs) echo 'nothing' ;;
    merge,--memory) echo 'nothing' ;;
    merge,--log-file) echo 'file' ;;
    merge,--color) echo 'auto always never' ;;
    preview,-i | preview,--input) echo 'folder' ;;
    preview,-o | preview,--output) echo 'folder' ;;
    preview,--seed) echo 'nothing' ;;
    preview,--set) echo 'nothing' ;;
    preview,-j | preview,--jobs) echo 'nothing' ;;
    preview,--memory) echo 'nothing' ;;
    preview,--sheet) echo 'file' ;;
    preview,--copies) echo 'nothing' ;;
    preview,--class) echo 'file' ;;
    preview,--sample) echo 'file' ;;
    preview,--log-file) echo 'file' ;;
    preview,--color) echo 'auto always never' ;;
    inspect,--csv) echo 'file' ;;
    inspect,-j | inspect,--jobs) echo 'nothing' ;;
    inspect,--log-file) echo 'file' ;;
    inspect,--color) echo 'auto always never' ;;
    inspect,--min-images) echo 'nothing' ;;
    inspect,--min-side) echo 'nothing' ;;
    inspect,--max-aspect) echo 'nothing' ;;
    inspect,--dark) echo 'nothing' ;;
    inspect,--bright) echo 'nothing' ;;
    inspect,--blank) echo 'nothing' ;;
    inspect,--min-contrast) echo 'nothing' ;;
    inspect,--similar) echo 'nothing' ;;
    inspect,--blur) echo 'nothing' ;;
    split,-i | split,--input) echo 'folder' ;;
    split,-o | split,--output) echo 'folder' ;;
    split,--seed) echo 'nothing' ;;
    split,--set) echo 'nothing' ;;
    split,-j | split,--jobs) echo 'nothing' ;;
    split,--memory) echo 'nothing' ;;
    split,--file) echo 'file' ;;
    split,--log-file) echo 'file' ;;
    split,--color) echo 'auto always never' ;;
    verify,-i | verify,--input) echo 'folder' ;;
    verify,-j | verify,--jobs) echo 'nothing' ;;
    verify,--log-file) echo 'file' ;;
    verify,--color) echo 'auto always never' ;;
    replay,-i | replay,--input) echo 'folder' ;;
    replay,--log-file) echo 'file' ;;
    replay,--color) echo 'auto always never' ;;
    explain,-i | explain,--input) echo 'folder' ;;
    explain,--log-file) echo 'file' ;;
    explain,--color) echo 'auto always never' ;;
    report,-o | report,--output) echo 'file' ;;
    report,-j | report,--jobs) echo 'nothing' ;;
    report,--log-file) echo 'file' ;;
    report,--color) echo 'auto always never' ;;
    clean,--log-file) echo 'file' ;;
    clean,--color) echo 'auto always never' ;;
    transforms,--gallery) echo 'file' ;;
    transforms,--log-file) echo 'file' ;;
    transforms,--color) echo 'auto always never' ;;
    schema,--log-file) echo 'file' ;;
    schema,--color) echo 'auto always never' ;;
    demo,--log-file) echo 'file' ;;
    demo,--color) echo 'auto always never' ;;
  esac
}

# What stands at a place, of "command,place".
_tenfold_argument() {
  case $1 in
    init,0) echo 'folder' ;;
    run,0) echo 'recipe' ;;
    plan,0) echo 'recipe' ;;
    merge,0) echo 'folder' ;;
    merge,*) echo 'folder' ;;
    preview,0) echo 'recipe' ;;
    inspect,0) echo 'folder' ;;
    split,0) echo 'recipe' ;;
    verify,0) echo 'folder' ;;
    replay,0) echo 'folder' ;;
    replay,1) echo 'file' ;;
    explain,0) echo 'folder' ;;
    explain,1) echo 'file' ;;
    report,0) echo 'folder' ;;
    clean,0) echo 'folder' ;;
    transforms,0) echo 'transform' ;;
    demo,0) echo 'folder' ;;
  esac
}

_tenfold() {
  local IFS=$' \t\n' last=${COMP_WORDS[COMP_CWORD]}
  local -a words=("${COMP_WORDS[0]}")
  local command current before kind word i
  local -i position=0
  COMPREPLY=()
  for ((i = 1; i <= COMP_CWORD; ++i)); do
    word=${COMP_WORDS[i]}
    if [[ $word == [=:]* || (${COMP_WORDS[i - 1]} == *[=:] && i -gt 1) ]]; then
      words[-1]+=$word
    else
      words+=("$word")
    fi
  done
  command=${words[1]} current=${words[-1]}
  if ((${#words[@]} == 2)); then
    mapfile -t COMPREPLY < <(compgen -W "$_tenfold_commands --help --version" -- "$current")
    return
  fi
  before=${words[-2]}
  if [[ $current == --*=* ]]; then
    before=${current%%=*} current=${current#*=}
  fi
  kind=$(_tenfold_value "$command,$before")
  if [[ -z $kind && $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_tenfold_options "$command")" -- "$current")
    return
  fi
  if [[ -z $kind ]]; then
    for ((i = 2; i < ${#words[@]} - 1; ++i)); do
      word=${words[i]}
      if [[ -n $(_tenfold_value "$command,$word") ]]; then
        ((++i))
      elif [[ $word != -* ]]; then
        position+=1
      fi
    done
    kind=$(_tenfold_argument "$command,$position")
  fi
  [[ $last == [=:] ]] && last=
  case $kind in
    '' | nothing) ;;
    folder)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$current")
      ;;
    recipe)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$current"; compgen -f -- "$current" | command grep -E '\.ya?ml$')
      ;;
    file)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      ;;
    transform) mapfile -t COMPREPLY < <(compgen -W "$_tenfold_transforms" -- "$current") ;;
    *) mapfile -t COMPREPLY < <(compgen -W "$kind" -- "$current") ;;
  esac
  COMPREPLY=("${COMPREPLY[@]#"${current%"$last"}"}")
}

complete -F _tenfold tenfold
