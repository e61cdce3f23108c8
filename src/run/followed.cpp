#include "followed.h"

#include <algorithm>

namespace tenfold {

Movement movement_of(const Jobs& jobs, const OutputId& output, const OutputRecord& image) {
  const auto attempt = std::min<std::size_t>(image.refused.size(), jobs.attempts(output) - 1);
  const Job job = jobs.draw(output, static_cast<std::uint32_t>(attempt));
  return Movement(job.chain.steps, output.sample.header.upright(), jobs.recipe().sampling.border);
}

Outcome<std::vector<FollowedFile>> followed(const Jobs& jobs, const AnnotationFiles& files,
                                            std::span<const AnnotationPointer> annotations,
                                            const std::string& image_name, const OutputId& output,
                                            const OutputRecord& image) {
  std::vector<FollowedFile> result;
  if (annotations.empty()) return result;
  const Movement movement = movement_of(jobs, output, image);
  const Hash128 fingerprint = files.fingerprint(output.sample, image.fingerprint);
  const std::vector<std::string> names = files.names_of(image_name);
  for (std::size_t i = 0; i < names.size(); ++i) {
    Outcome<Bytes> bytes = annotations[i]->followed(movement, image_name);
    if (!bytes) return tl::unexpected(bytes.error());
    const OutputRecord record{.bytes = bytes->size(), .hash = hash128(*bytes), .fingerprint = fingerprint};
    result.push_back({names[i], std::move(*bytes), record});
  }
  return result;
}

}  // namespace tenfold
