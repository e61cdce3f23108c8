#include "fusion/blend.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "tenfold/fusion/program.h"

namespace tenfold {
namespace {

struct Branch {
  double weight;
  std::shared_ptr<const Program> program;
};

// Where alpha stands, or -1.
int alpha_channel(const cv::Mat& image) { return image.channels() % 2 == 0 ? image.channels() - 1 : -1; }

template <typename Code>
void add(const cv::Mat& image, double weight, cv::Mat& sum) {
  const int channels = image.channels();
  const int alpha = alpha_channel(image);
  for (int y = 0; y < image.rows; ++y) {
    const Code* in = image.ptr<Code>(y);
    auto* out = sum.ptr<double>(y);
    for (int x = 0; x < image.cols; ++x, in += channels, out += channels) {
      const double cover = alpha < 0 ? weight : weight * in[alpha];
      for (int c = 0; c < channels; ++c) out[c] += c == alpha ? cover : cover * in[c];
    }
  }
}

template <typename Code>
void store(const cv::Mat& sum, cv::Mat& image) {
  const auto rounded = [](double value) {
    const double full = std::numeric_limits<Code>::max();
    return static_cast<Code>(std::clamp(std::nearbyint(value), 0.0, full));
  };
  const int channels = image.channels();
  const int alpha = alpha_channel(image);
  for (int y = 0; y < image.rows; ++y) {
    const auto* in = sum.ptr<double>(y);
    Code* out = image.ptr<Code>(y);
    for (int x = 0; x < image.cols; ++x, in += channels, out += channels) {
      const double cover = alpha < 0 ? 1 : in[alpha];
      const bool is_hidden = alpha >= 0 && rounded(cover) == 0;
      for (int c = 0; c < channels; ++c)
        out[c] = is_hidden ? Code{0} : rounded(c == alpha ? cover : in[c] / cover);
    }
  }
}

template <typename Code>
void blend(const std::vector<Branch>& branches, cv::Mat& image) {
  const Source source(image.clone());
  const WorkspacePointer workspace = make_workspace();
  cv::Mat sum = cv::Mat::zeros(image.size(), CV_MAKETYPE(CV_64F, image.channels()));
  for (const Branch& branch : branches)
    add<Code>(branch.program->run(source, *workspace), branch.weight, sum);
  store<Code>(sum, image);
}

}  // namespace

std::function<void(cv::Mat&)> blend_fence(const BlendStep& step, cv::Size frame,
                                          const SamplingPolicy& policy) {
  std::vector<Branch> branches;
  for (const BlendBranch& branch : step.branches)
    branches.push_back({branch.weight, std::make_shared<const Program>(branch.steps, frame, policy)});
  return [branches = std::move(branches)](cv::Mat& image) {
    if (image.depth() == CV_8U)
      blend<std::uint8_t>(branches, image);
    else
      blend<std::uint16_t>(branches, image);
  };
}

}  // namespace tenfold
