// The annotations of one output: made of those of its sample, by what was drawn for its image.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "annotation_files.h"
#include "tenfold/plan/job.h"
#include "tenfold/store/record.h"

namespace tenfold {

struct FollowedFile {
  std::string name;  // relative to the output's root
  Bytes bytes;
  OutputRecord record;
};

// How `output`, whose image has this record, was moved: by the attempt that the quality gate took, or kept.
Movement movement_of(const Jobs& jobs, const OutputId& output, const OutputRecord& image);

// What belongs to `output`, whose image has this name and this record. Fails with SampleFailure{kEncode}.
Outcome<std::vector<FollowedFile>> followed(const Jobs& jobs, const AnnotationFiles& files,
                                            std::span<const AnnotationPointer> annotations,
                                            const std::string& image_name, const OutputId& output,
                                            const OutputRecord& image);

}  // namespace tenfold
