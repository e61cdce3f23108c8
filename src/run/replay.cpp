#include "tenfold/run/replay.h"

#include <algorithm>

#include "coco_lists.h"
#include "description.h"
#include "followed.h"
#include "named_output.h"
#include "redraw.h"
#include "render.h"
#include "tenfold/base/error.h"
#include "tenfold/base/file_hash.h"
#include "tenfold/base/text.h"
#include "tenfold/dataset/source_file.h"
#include "tenfold/image/opencv_threads.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;

// "opencv 4.6.0 then and 4.7.0 now".
std::string version_differences(const std::string& description) {
  const std::vector<Versions> recorded = recorded_versions(description);
  const Versions now = current_versions();
  if (recorded.empty() || std::ranges::find(recorded, now) != recorded.end()) return {};
  std::vector<std::string> differences;
  for (const auto& [name, version] : now) {
    const auto then = recorded.back().find(name);
    if (then == recorded.back().end() || then->second != version)
      differences.push_back(name + " " + (then == recorded.back().end() ? "unknown" : escaped(then->second)) +
                            " then and " + version + " now");
  }
  return listed(differences);
}

class Replayer {
 public:
  Replayer(const fs::path& root, ManifestLine line, const Redraw& redraw)
      : root_(root), line_(std::move(line)), redraw_(redraw) {}

  Replay run() const;

 private:
  Replay result(ReplayResult result, const std::string& clause) const {
    return {result, line_.file_name, in_quotes(line_.file_name) + " " + clause};
  }
  Replay source_result(const std::string& clause) const {
    return {ReplayResult::kSourceChanged, line_.file_name,
            "the source " + in_quotes(line_.source) + " " + clause};
  }
  Replay drawn_otherwise() const;
  Replay compared(const OutputRecord& made, const Bytes& bytes) const;
  std::optional<Replay> annotations_compared(const OutputRecord& image) const;
  std::optional<Replay> boxes_compared(const OutputRecord& image) const;

  const fs::path& root_;
  const ManifestLine line_;
  const Redraw& redraw_;
};

Replay Replayer::run() const {
  if (!redraw_.output()) return source_result("is no longer in the dataset, or its class is not");
  const OutputId& output = *redraw_.output();
  const Outcome<Bytes> bytes = read_source(redraw_.catalog(), output.sample);
  if (!bytes) return source_result(bytes.error().reason);
  const SourceImage image(*bytes, output.sample, redraw_.jobs().recipe());
  if (image.hash() != line_.source_hash) return source_result("has other bytes than it had");

  const Jobs& jobs = redraw_.jobs();
  Job job = jobs.draw(output);
  const auto attempt = jobs.attempt_of(output, job, image.hash(), line_.record.fingerprint);
  if (!attempt) return drawn_otherwise();
  if (*attempt > 0) job = jobs.draw(output, *attempt);
  if (!job.verbatim)
    if (const Outcome<void> decoded = image.decode(wants_planes(job, output.sample)); !decoded)
      return source_result("cannot be decoded any more: " + decoded.error().reason);
  RenderState state;
  const Outcome<OutputRecord> made = render(jobs, image, output, job, state);
  if (!made) return result(ReplayResult::kMadeOtherwise, "cannot be made any more: " + made.error().reason);
  Replay image_result = compared(*made, state.encoded);
  if (image_result.result != ReplayResult::kEqual) return image_result;
  if (!line_.annotations.empty())
    if (const auto differing = annotations_compared(*made)) return *differing;
  if (jobs.recipe().input.annotations.any())
    if (const auto differing = boxes_compared(*made)) return *differing;
  return image_result;
}

// Nothing where they are equal, too.
std::optional<Replay> Replayer::annotations_compared(const OutputRecord& image) const {
  const OutputId& output = *redraw_.output();
  const AnnotationFiles& files = redraw_.annotations();
  const auto annotations = files.read(redraw_.catalog(), output.sample);
  if (!annotations) return source_result(annotations.error().reason);
  const auto made = followed(redraw_.jobs(), files, *annotations, line_.file_name, output, image);
  if (!made) return result(ReplayResult::kMadeOtherwise, "cannot be made any more: " + made.error().reason);
  for (std::size_t i = 0; i < made->size(); ++i) {
    const FollowedFile& file = (*made)[i];
    if (i >= line_.annotations.size() || file.name != line_.annotations[i].file_name)
      return result(ReplayResult::kDrawnOtherwise, "has other annotations now");
    const AnnotationFile& recorded = line_.annotations[i];
    const auto beside = [&](ReplayResult kind, const std::string& clause) {
      return Replay{kind, line_.file_name, in_quotes(file.name) + " " + clause};
    };
    if (file.record.fingerprint != recorded.fingerprint)
      return beside(ReplayResult::kSourceChanged, "was made of other annotations than the source has now");
    if (file.record.hash != recorded.hash)
      return beside(ReplayResult::kMadeOtherwise, "comes out with other bytes than the manifest says");
    const Outcome<Bytes> there = read_file(root_ / file.name);
    if (!there) return beside(ReplayResult::kFileChanged, there.error().reason);
    if (*there != file.bytes) return beside(ReplayResult::kFileChanged, "has other bytes than were written");
  }
  return std::nullopt;
}

// The same for what a list of boxes has of the image.
std::optional<Replay> Replayer::boxes_compared(const OutputRecord& image) const {
  const CocoFiles* coco = redraw_.annotations().coco();
  if (coco == nullptr) return std::nullopt;
  const OutputId& output = *redraw_.output();
  const std::string list = coco_list_of(line_.file_name, redraw_.jobs().recipe().input.has_splits());
  const auto beside = [&](ReplayResult kind, const std::string& clause) {
    return Replay{kind, line_.file_name, in_quotes(list) + " " + clause};
  };
  const Outcome<bool> equal =
      stands_in_list(root_ / list, coco->objects_of(output.sample),
                     movement_of(redraw_.jobs(), output, image), coco_name_of(line_.file_name));
  if (!equal) return beside(ReplayResult::kFileChanged, equal.error().reason);
  if (*equal) return std::nullopt;
  const Companions companions = read_output(root_).companions;
  const auto written = companions.find(list);
  const Outcome<Hash128> hash = hash_of_file(root_ / list);
  if (!hash || written == companions.end() || written->second.hash != *hash)
    return beside(ReplayResult::kFileChanged, "has other bytes than were written");
  return beside(ReplayResult::kSourceChanged, "has of " + in_quotes(line_.file_name) +
                                                  " what was made of other boxes than the source has now");
}

Replay Replayer::drawn_otherwise() const {
  const std::string what = "is drawn otherwise now: ";
  for (const ManifestPartner& partner : partners_of(line_)) {
    const Outcome<Bytes> bytes = redraw_.catalog().sources.open(partner.source).and_then(&Content::read_all);
    if (!bytes || hash128(*bytes) != partner.hash)
      return result(ReplayResult::kDrawnOtherwise,
                    what + "its partner " + in_quotes(partner.source) + " is another image, or gone");
  }
  return result(ReplayResult::kDrawnOtherwise,
                what +
                    "the draws of this version of tenfold are others, or images of the dataset that it "
                    "depends on have come, gone or changed");
}

Replay Replayer::compared(const OutputRecord& made, const Bytes& bytes) const {
  const Outcome<Bytes> file = read_image(root_, line_);
  if (made.hash != line_.record.hash) {
    const std::string versions = version_differences(read_description(root_));
    return result(
        ReplayResult::kMadeOtherwise,
        "comes out with other bytes than the manifest says" +
            (versions.empty() ? ", though the versions are those of then; is it another kind of CPU?"
                              : ": " + versions));
  }
  if (!file) return result(ReplayResult::kFileChanged, file.error().reason);
  if (*file != bytes)
    return result(ReplayResult::kFileChanged,
                  "has other bytes than were written; made again, they are those of "
                  "the manifest");
  return result(ReplayResult::kEqual, "is equal, byte for byte (" + counted(bytes.size(), "byte") + ")");
}

}  // namespace

std::string_view replay_name(ReplayResult result) {
  switch (result) {
    case ReplayResult::kEqual:
      return "equal";
    case ReplayResult::kSourceChanged:
      return "source_changed";
    case ReplayResult::kDrawnOtherwise:
      return "drawn_otherwise";
    case ReplayResult::kMadeOtherwise:
      return "made_otherwise";
    case ReplayResult::kFileChanged:
      break;
  }
  return "file_changed";
}

Replay replay(const fs::path& root, const std::string& file, const std::vector<fs::path>& inputs,
              Observer& observer) {
  use_one_opencv_thread();
  ManifestLine line = find_output(root, file);
  const auto recipe = recipe_of_output(read_description(root), root, inputs);
  if (!recipe)
    throw Error(ErrorKind::kFailed, in_quotes(line.file_name) + " cannot be made again: " + recipe.error());
  const Redraw redraw(*recipe, line, observer);
  return Replayer(root, std::move(line), redraw).run();
}

}  // namespace tenfold
