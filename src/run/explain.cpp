#include "tenfold/run/explain.h"

#include <algorithm>

#include "description.h"
#include "named_output.h"
#include "redraw.h"
#include "tenfold/base/text.h"
#include "tenfold/store/output_state.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;

std::string with_way_out(std::string reason) {
  return reason.append("; with -i and the dataset it can be worked out");
}

void compose(const std::vector<Step>& steps, ComposedMap& map) {
  for (const Step& step : steps) {
    if (const auto* geometry = std::get_if<GeometryStep>(&step)) {
      map.to_source = map.to_source * geometry->map.then * geometry->map.matrix;
      map.displacements += geometry->map.grid ? 1 : 0;
    }
    if (std::holds_alternative<PixelStep>(step) || std::holds_alternative<BlendStep>(step)) ++map.pixel_steps;
  }
}

ComposedMap composed(const std::vector<Step>& steps) {
  ComposedMap map{.to_source = cv::Matx33d::eye(), .from_source = {}};
  compose(steps, map);
  if (map.to_source(2, 2) != 0) map.to_source *= 1 / map.to_source(2, 2);
  bool has_inverse = false;
  cv::Matx33d inverse = map.to_source.inv(cv::DECOMP_LU, &has_inverse);
  if (has_inverse && inverse(2, 2) != 0) map.from_source = inverse * (1 / inverse(2, 2));
  return map;
}

// The size of the source as the output remembers it.
std::optional<cv::Size> remembered_size(const fs::path& root, const ManifestLine& line) {
  const SourceIndex index = read_source_index(root / output_files::kIndex);
  const auto known = index.find(line.source);
  if (known == index.end() || known->second.hash != line.source_hash) return std::nullopt;
  return cv::Size(known->second.width, known->second.height);
}

// Sets the map, or says why there is none. The draws are right if they are those that the manifest has.
void add_map(Explanation& explanation, const Redraw& redraw, const std::string& otherwise) {
  const ManifestLine& line = explanation.line;
  if (!redraw.output()) {
    explanation.why_no_map = "the source is no longer in the dataset, or its class is not";
    return;
  }
  const OutputId& output = *redraw.output();
  const auto attempt = std::min<std::size_t>(line.record.refused.size(), redraw.jobs().attempts(output) - 1);
  const Job job = redraw.jobs().draw(output, static_cast<std::uint32_t>(attempt));
  if (transforms_json(job.chain) == line.transforms)
    explanation.map = composed(job.chain.steps);
  else
    explanation.why_no_map = otherwise;
}

}  // namespace

Explanation explain(const fs::path& root, const std::string& file, const std::vector<fs::path>& inputs,
                    Observer& observer) {
  Explanation explanation{.line = find_output(root, file)};
  const ManifestLine& line = explanation.line;
  explanation.source = remembered_size(root, line);
  const std::string description = read_description(root);
  const auto recipe = recipe_of_output(description, root, inputs.empty() ? std::vector{root} : inputs);
  if (line.transforms == "[]") {
    explanation.map = composed({});
  } else if (!recipe) {
    explanation.why_no_map = recipe.error();
  } else if (!inputs.empty()) {
    const Redraw redraw(*recipe, line, observer);
    if (redraw.output()) explanation.source = redraw.output()->sample.header.upright();
    add_map(explanation, redraw,
            "it is drawn otherwise now, with this version of tenfold and the dataset as it is");
  } else if (!explanation.source) {
    explanation.why_no_map = with_way_out("the output does not know the size of the source any more");
  } else {
    const Redraw redraw(*recipe, line, description, *explanation.source);
    const Needs needs = needs_of(*recipe);
    const bool depends = needs.partners || !needs.statistics.empty();
    add_map(explanation, redraw,
            depends ? with_way_out("its draws depend on other images")
                    : "this version of tenfold draws it otherwise");
  }
  return explanation;
}

}  // namespace tenfold
