// What headers and pixels say against single images.

#pragma once

#include <vector>

#include "inspected_images.h"

namespace tenfold {

// By name and header: misnamed, tiny, odd aspect, rotated, located.
std::vector<DatasetFinding> header_findings(const Catalog& catalog, const Thresholds& thresholds);

// By pixels: blank, or else dark, bright, low contrast, blurred; and what could not be decoded.
std::vector<DatasetFinding> pixel_findings(const Catalog& catalog, const InspectedImages& images,
                                           const Thresholds& thresholds);

// Of a file that is no usable image.
DatasetFinding bad_finding(std::string class_name, std::string path, const SampleFailure& failure);

}  // namespace tenfold
