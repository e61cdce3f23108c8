#include "tenfold/fusion/program.h"

#include <functional>
#include <memory>
#include <variant>
#include <vector>

#include "fusion/blend.h"
#include "fusion/segment.h"
#include "fusion/workspace.h"

namespace tenfold {

void WorkspaceDeleter::operator()(Workspace* workspace) const { delete workspace; }

WorkspacePointer make_workspace() { return WorkspacePointer(new Workspace); }

struct Program::Parts {
  cv::Size input, output;
  std::vector<Segment> segments;
  bool changes_nothing = true;
};

namespace {

// Empty where the step is none.
std::function<void(cv::Mat&)> fence_of(const Step& step, cv::Size frame, const SamplingPolicy& policy) {
  if (const auto* pixel = std::get_if<PixelStep>(&step)) return pixel->apply;
  if (const auto* blend = std::get_if<BlendStep>(&step)) return blend_fence(*blend, frame, policy);
  return {};
}

}  // namespace

Program::Program(std::span<const Step> steps, cv::Size input, const SamplingPolicy& policy)
    : parts_(std::make_unique<Parts>()) {
  parts_->input = input;
  cv::Size frame = input;
  Segment open(frame, policy);
  for (const Step& step : steps) {
    parts_->changes_nothing = parts_->changes_nothing && is_neutral(step, frame);
    frame = output_size(step, frame);
    if (auto fence = fence_of(step, frame, policy)) {
      open.close(std::move(fence));
      parts_->segments.push_back(std::move(open));
      open = Segment(frame, policy);
    } else if (const auto* geometry = std::get_if<GeometryStep>(&step)) {
      open.append(*geometry);
    } else if (const auto* color = std::get_if<ColorStep>(&step)) {
      open.append(*color);
    } else {
      open.append(std::get<LookupStep>(step));
    }
  }
  open.close({});
  parts_->segments.push_back(std::move(open));
  parts_->output = frame;
}

Program::Program(Program&&) noexcept = default;
Program& Program::operator=(Program&&) noexcept = default;
Program::~Program() = default;

cv::Size Program::output() const { return parts_->output; }

bool Program::changes_nothing() const { return parts_->changes_nothing; }

const cv::Mat& Program::run(const Source& source, Workspace& workspace) const {
  CV_Assert(source.pixels().size() == parts_->input);
  Picture picture{&source.pixels(), &source};
  if (parts_->changes_nothing) return *picture.pixels;
  std::size_t turn = 0;
  for (const Segment& segment : parts_->segments) {
    GrowingImage& result = workspace.results[turn];
    const cv::Mat* before = picture.pixels;
    picture = segment.run(picture, result, workspace);
    if (picture.pixels != before) turn ^= 1;
  }
  return *picture.pixels;
}

struct ProgramRows::Parts {
  SegmentRows rows;
};

ProgramRows::ProgramRows(const Program& program, const Source& source, Workspace& workspace) {
  const std::vector<Segment>& segments = program.parts_->segments;
  CV_Assert(source.pixels().size() == program.parts_->input && segments.size() == 1);
  parts_.reset(new Parts{{segments.front(), Picture{&source.pixels(), &source}, workspace}});
}

ProgramRows::ProgramRows(ProgramRows&&) noexcept = default;
ProgramRows::~ProgramRows() = default;

void ProgramRows::render(int first, cv::Mat& rows) { parts_->rows.render(first, rows); }

void ProgramRows::render_values(int first, cv::Mat& rows) { parts_->rows.render_values(first, rows); }

}  // namespace tenfold
