#include "rows.h"

namespace tenfold {
namespace {

// The picture of references/domain.py, which computed the expected figures.
cv::Mat picture(int seed) {
  cv::Mat image(4, 6, CV_8UC1);
  for (int y = 0; y < 4; ++y)
    for (int x = 0; x < 6; ++x)
      image.at<std::uint8_t>(y, x) = static_cast<std::uint8_t>(
          (x * (17 + seed) + y * (29 + 2 * seed) + x * y * (3 + seed)) % (200 + seed));
  return image;
}

class OneReference : public DrawContext {
 public:
  std::optional<Partner> reference(const std::string& folder, std::uint64_t) const override {
    const auto pixels = [](int) { return picture(20); };
    return folder == "folder" ? std::optional(Partner{"a.png", "", {}, {6, 4}, pixels}) : std::nullopt;
  }
};

auto gives(const std::string& name, const ParameterValues& values, std::vector<int> expected) {
  return [=](const Drawn&) {
    const OneReference context;
    ParameterValues all = values;
    all.emplace("reference", std::string("folder"));
    const Drawn result = drawn(bound(name, all), {6, 4}, {}, context);
    EXPECT_EQ(result.partners.at(0).share, 0);  // a reference has no label
    const cv::Mat made = run(result.steps, picture(1));
    EXPECT_EQ(std::vector<int>(made.begin<std::uint8_t>(), made.end<std::uint8_t>()), expected);
  };
}

const ParameterValues kFolder{{"reference", std::string("folder")}};

}  // namespace

std::vector<Row> domain_rows() {
  return {
      {"histogram_match",
       kFolder,
       {6, 4},
       gives("histogram_match", {{"blend", fixed(1)}},
             {0,  29, 37,  77,  85,  111, 30,  74,  89,  129, 148, 185,
              84, 93, 138, 167, 191, 207, 113, 149, 189, 199, 1,   69})},
      {"histogram_match",
       kFolder,
       {6, 4},
       gives("histogram_match", {{"blend", fixed(0.5)}},
             {0,  24, 37,  66,  79,  101, 31,  64,  82,  113, 134, 163,
              73, 91, 126, 154, 179, 200, 103, 136, 171, 191, 7,   56})},
      {"fourier_match",
       kFolder,
       {6, 4},
       gives("fourier_match", {{"beta", fixed(0.25)}},
             {50, 67, 78,  90,  109, 134, 63,  105, 118, 111, 113, 144,
              71, 97, 108, 118, 144, 186, 120, 129, 146, 184, 34,  77})},
  };
}

}  // namespace tenfold
