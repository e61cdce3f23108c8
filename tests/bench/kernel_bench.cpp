// The kernels that a copy's time goes into, each beside OpenCV's function for the same work. Names are
// KERNEL/tenfold and KERNEL/opencv; bench.py pairs them.
//
// A program is made for each copy, so its making is measured too; what is made once per sample is not.

#include <benchmark/benchmark.h>

#include <numbers>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "support/picture.h"
#include "tenfold/fusion/program.h"
#include "tenfold/image/codec.h"
#include "tenfold/transforms/transform.h"

namespace tenfold {
namespace {

using test::picture;

constexpr int kPhotographType = CV_8UC3, kGreyType = CV_8UC1;
const cv::Size kPhotograph{512, 384}, kDigit{28, 28};
const SamplingPolicy kLinear{Interpolation::kLinear, Border::kReplicate, {}};
const SamplingPolicy kCubic{Interpolation::kCubic, Border::kReplicate, {}};

// Turned by 17 degrees and magnified by 1.1 about the centre; from output to input.
cv::Matx23d turn(cv::Size size) {
  const double angle = 17 * std::numbers::pi / 180, cosine = std::cos(angle) / 1.1,
               sine = std::sin(angle) / 1.1;
  const double x = (size.width - 1) / 2.0, y = (size.height - 1) / 2.0;
  return {cosine, -sine, x - cosine * x + sine * y, sine, cosine, y - sine * x - cosine * y};
}

void run_program(benchmark::State& state, const cv::Mat& image, const Step& step,
                 const SamplingPolicy& policy) {
  const Source source(image);
  const WorkspacePointer workspace = make_workspace();
  for (auto _ : state) {
    const Program program({&step, 1}, image.size(), policy);
    benchmark::DoNotOptimize(program.run(source, *workspace).data);
  }
}

void warp(benchmark::State& state, int type, const SamplingPolicy& policy) {
  const cv::Matx23d m = turn(kPhotograph);
  const cv::Matx33d matrix(m(0, 0), m(0, 1), m(0, 2), m(1, 0), m(1, 1), m(1, 2), 0, 0, 1);
  run_program(state, picture(kPhotograph, type), GeometryStep{kPhotograph, {matrix}}, policy);
}

void warp_with_opencv(benchmark::State& state, int type, int interpolation) {
  const cv::Mat image = picture(kPhotograph, type);
  cv::Mat result;
  for (auto _ : state) {
    cv::warpAffine(image, result, turn(kPhotograph), kPhotograph, interpolation | cv::WARP_INVERSE_MAP,
                   cv::BORDER_REPLICATE);
    benchmark::DoNotOptimize(result.data);
  }
}

// Mixes the channels, as hue and saturation do.
const cv::Matx34d kMixing{0.9, 0.1, 0.05, 3, 0.05, 1.1, -0.1, -2, 0.1, -0.05, 1.05, 4};

// Leaves them apart, as brightness and contrast do.
constexpr double kGain = 1.1, kOffset = -9;
const cv::Matx34d kDiagonal{kGain, 0, 0, kOffset, 0, kGain, 0, kOffset, 0, 0, kGain, kOffset};

void color(benchmark::State& state, const cv::Matx34d& matrix) {
  run_program(state, picture(kPhotograph, kPhotographType), ColorStep{matrix}, kLinear);
}

void color_matrix_with_opencv(benchmark::State& state) {
  const cv::Mat image = picture(kPhotograph, kPhotographType);
  cv::Mat result;
  for (auto _ : state) {
    cv::transform(image, result, kMixing);
    benchmark::DoNotOptimize(result.data);
  }
}

void color_tables_with_opencv(benchmark::State& state) {
  const cv::Mat image = picture(kPhotograph, kPhotographType);
  cv::Mat result;
  for (auto _ : state) {
    image.convertTo(result, -1, kGain, kOffset);
    benchmark::DoNotOptimize(result.data);
  }
}

void gaussian_noise(benchmark::State& state) {
  cv::Mat image = picture(kPhotograph, kPhotographType);
  const BoundTransform transform = find_transform("gaussian_noise")->bind({{"std", Range{8, 8}}}).value();
  Draw draw(Rng({}, 1), kPhotograph);
  const std::vector<Step> steps = transform.draw(draw);
  for (auto _ : state) std::get<PixelStep>(steps.front()).apply(image);
}

void gaussian_noise_with_opencv(benchmark::State& state) {
  cv::Mat image = picture(kPhotograph, kPhotographType), noise(kPhotograph, CV_16SC3);
  for (auto _ : state) {
    cv::randn(noise, 0, 8);
    cv::add(image, noise, image, cv::noArray(), image.type());
  }
}

void encode_to(benchmark::State& state, Format format, cv::Size size, int type) {
  const cv::Mat image = picture(size, type);
  Bytes bytes;
  for (auto _ : state) {
    if (!encode(image, {.format = format}, {.format = format}, bytes)) state.SkipWithError("cannot encode");
  }
  state.SetLabel(std::to_string(bytes.size()) + " bytes");
}

void encode_with_opencv(benchmark::State& state, const char* extension, cv::Size size, int type) {
  const cv::Mat image = picture(size, type);
  Bytes bytes;
  for (auto _ : state) cv::imencode(extension, image, bytes);
  state.SetLabel(std::to_string(bytes.size()) + " bytes");
}

// Both decode what OpenCV encoded.
Bytes encoded(const char* extension, cv::Size size, int type) {
  Bytes bytes;
  cv::imencode(extension, picture(size, type), bytes);
  return bytes;
}

void decode_from(benchmark::State& state, const char* extension, cv::Size size, int type) {
  const Bytes bytes = encoded(extension, size, type);
  for (auto _ : state) {
    const auto header = read_header(bytes);
    const auto image = decode(bytes, header.value());
    if (!image) state.SkipWithError("cannot decode");
  }
}

void decode_with_opencv(benchmark::State& state, const char* extension, cv::Size size, int type) {
  const Bytes bytes = encoded(extension, size, type);
  for (auto _ : state) {
    const cv::Mat image = cv::imdecode(bytes, cv::IMREAD_UNCHANGED);
    benchmark::DoNotOptimize(image.data);
  }
}

// Google Benchmark's own macro writes functions into the name.
template <typename Function, typename... Arguments>
void add(const char* name, Function function, Arguments... arguments) {
  benchmark::RegisterBenchmark(name, function, arguments...)->Unit(benchmark::kMicrosecond);
}

void add_codec(const std::string& name, Format format, const char* extension, cv::Size size, int type) {
  add((name + " encode/tenfold").c_str(), encode_to, format, size, type);
  add((name + " encode/opencv").c_str(), encode_with_opencv, extension, size, type);
  add((name + " decode/tenfold").c_str(), decode_from, extension, size, type);
  add((name + " decode/opencv").c_str(), decode_with_opencv, extension, size, type);
}

void add_all() {
  add("warp BGR linear/tenfold", warp, kPhotographType, kLinear);
  add("warp BGR linear/opencv", warp_with_opencv, kPhotographType, cv::INTER_LINEAR);
  add("warp BGR cubic/tenfold", warp, kPhotographType, kCubic);
  add("warp BGR cubic/opencv", warp_with_opencv, kPhotographType, cv::INTER_CUBIC);
  add("warp grey linear/tenfold", warp, kGreyType, kLinear);
  add("warp grey linear/opencv", warp_with_opencv, kGreyType, cv::INTER_LINEAR);
  add("warp grey cubic/tenfold", warp, kGreyType, kCubic);
  add("warp grey cubic/opencv", warp_with_opencv, kGreyType, cv::INTER_CUBIC);
  add("color matrix/tenfold", color, kMixing);
  add("color matrix/opencv", color_matrix_with_opencv);
  add("color tables/tenfold", color, kDiagonal);
  add("color tables/opencv", color_tables_with_opencv);
  add("gaussian noise/tenfold", gaussian_noise);
  add("gaussian noise/opencv", gaussian_noise_with_opencv);
  add_codec("JPEG 512x384", Format::kJpeg, ".jpg", kPhotograph, kPhotographType);
  add_codec("PNG 512x384", Format::kPng, ".png", kPhotograph, kPhotographType);
  add_codec("PNG 28x28 grey", Format::kPng, ".png", kDigit, kGreyType);
}

}  // namespace
}  // namespace tenfold

int main(int argc, char** argv) {
  cv::setNumThreads(1);
  tenfold::add_all();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
}
