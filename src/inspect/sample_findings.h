// What headers, pixels and hashes say against single images, or against several together.

#pragma once

#include <vector>

#include "inspected_images.h"

namespace tenfold {

// By name and header: misnamed, tiny, odd aspect, rotated, located.
std::vector<DatasetFinding> header_findings(const Catalog& catalog, const Thresholds& thresholds);

// By pixels: blank, or else dark, bright, low contrast, blurred; and what could not be decoded.
std::vector<DatasetFinding> pixel_findings(const Catalog& catalog, const InspectedImages& images,
                                           const Thresholds& thresholds);

// Samples of the same bytes, each group once.
std::vector<DatasetFinding> duplicate_findings(const Catalog& catalog, const InspectedImages& images);

// Of a file that is no usable image.
DatasetFinding bad_finding(std::string class_name, std::string path, const SampleFailure& failure);

}  // namespace tenfold
