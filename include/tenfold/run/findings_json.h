// What dataset.json and the program's --json say alike.

#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>

#include "tenfold/dataset/catalog.h"
#include "tenfold/plan/plan.h"
#include "tenfold/run/run.h"

namespace tenfold {

// Per class: name, samples, target, images, originals, copies, shortfall and its reason, all of train; and
// how many are held out for val and test.
nlohmann::ordered_json classes_json(std::span<const ClassPlan> classes);

// Per bad image: path, stage, reason, and the hash of its content where it could be read.
nlohmann::ordered_json bad_json(std::span<const BadFile> bad);

// Per output that could not be made: file_name, stage, reason.
nlohmann::ordered_json failed_json(std::span<const FailedOutput> failed);

// Per image of train that is one of val or test: both paths, the split, whether the bytes are equal, and
// whether it was left out.
nlohmann::ordered_json leaks_json(std::span<const Leak> leaks);

nlohmann::ordered_json ignored_json(const IgnoredCounts& ignored);

}  // namespace tenfold
