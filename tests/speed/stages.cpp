// The stages of a copy's way, each alone and in one thread, on fixed small jobs. count_instructions.py runs
// it under callgrind, which counts what lies between the marks of a stage.
//
// usage: stages RECIPES    the folder of the benchmark's recipes; prints what the counts depend on beside the
// code

#include <gnu/libc-version.h>
#include <hwy/highway.h>
#include <valgrind/callgrind.h>
#include <zlib.h>

#include <filesystem>
#include <iostream>
#include <opencv2/imgproc.hpp>
#include <stdexcept>
#include <vector>

#include "support/picture.h"
#include "tenfold/base/file.h"
#include "tenfold/fusion/pixel_sums.h"
#include "tenfold/fusion/plane_program.h"
#include "tenfold/image/codec.h"
#include "tenfold/image/planes.h"
#include "tenfold/plan/job.h"
#include "tenfold/store/manifest.h"

namespace tenfold {
namespace {

// The lowest bit is that of the best instruction set, which is the one that Highway takes.
const char* instruction_set() {
  const auto usable = hwy::SupportedTargets() & HWY_TARGETS;
  return hwy::TargetName(usable & -usable);
}

std::string environment() {
  std::string text = std::string(instruction_set()) + ", " + TENFOLD_COMPILER + ", glibc " +
                     gnu_get_libc_version() + ", OpenCV " + cv::getVersionString() + ", zlib " +
                     zlibVersion();
  for (const auto& [name, version] : codec_versions()) text += ", " + name + " " + version;
  return text;
}

template <typename Value>
Value sound(Outcome<Value> outcome) {
  if (!outcome) throw std::runtime_error(outcome.error().reason);
  return std::move(*outcome);
}

void check(const Outcome<void>& outcome) {
  if (!outcome) throw std::runtime_error(outcome.error().reason);
}

// Counts the second run: the first one resolves symbols and fills what is kept from copy to copy.
template <typename Work>
void count(const char* stage, const Work& work) {
  work();
  CALLGRIND_TOGGLE_COLLECT;
  work();
  CALLGRIND_TOGGLE_COLLECT;
  CALLGRIND_DUMP_STATS_AT(stage);
}

// A sample of its own class, its bytes, and its jobs.
class SmallJob {
 public:
  SmallJob(const std::filesystem::path& recipe, std::string path, const cv::Mat& pixels, Format format) {
    const Bytes text = sound(read_file(recipe));
    recipe_ = parse_recipe({text.begin(), text.end()}, recipe, {.inputs = {"in"}, .output = "out"}).recipe;
    check(encode(pixels, {.format = format}, {.format = format}, bytes_));
    catalog_.classes = {"class"};
    catalog_.samples = {{.path = "class/" + std::move(path),
                         .header = sound(read_header(bytes_)),
                         .size_bytes = bytes_.size()}};
  }

  const Sample& sample() const { return catalog_.samples[0]; }
  const ImageHeader& header() const { return sample().header; }
  const Bytes& bytes() const { return bytes_; }
  const SamplingPolicy& sampling() const { return recipe_.sampling; }
  const Jobs& jobs() const { return jobs_; }

  OutputId copy(std::uint32_t number) const { return {sample(), 0, number}; }

  // The steps of copies 1, 2, …
  std::vector<std::vector<Step>> steps(std::uint32_t copies) const {
    std::vector<std::vector<Step>> all;
    for (std::uint32_t i = 1; i <= copies; ++i) all.push_back(jobs_.draw(copy(i)).chain.steps);
    return all;
  }

 private:
  Bytes bytes_;
  Recipe recipe_;
  Catalog catalog_;
  const Jobs jobs_{recipe_, catalog_};
};

void count_planes(const SmallJob& job, std::uint32_t copies) {
  const auto decoded = [&] { return *sound(decode_planes(job.bytes(), job.header())); };
  count("JPEG to planes", decoded);

  const DecodedPlanes original = decoded();
  const PlaneSource source(original.planes, job.header().orientation);
  PlaneWorkspace workspace;
  std::vector<Planes> made(copies);
  const auto steps = job.steps(copies);
  count("programs on planes", [&] {
    for (std::uint32_t i = 0; i < copies; ++i)
      made[i] = PlaneProgram(steps[i], source, job.sampling(), workspace).run();
  });

  std::vector<PixelMoments> moments(copies);
  count("sums of planes", [&] {
    for (std::uint32_t i = 0; i < copies; ++i) {
      PlaneSums sums(made[i]);
      for (int plane = 0; plane < made[i].count; ++plane)
        sums.add(plane, 0, made[i].plane[static_cast<std::size_t>(plane)]);
      moments[i] = sums.moments();
    }
  });

  Bytes out;
  count("planes to JPEG", [&] {
    for (const Planes& planes : made) check(encode_planes(planes, original.traits, 95, out));
  });
}

void count_pixels(const SmallJob& job, std::uint32_t copies, const char* decoding, const char* running,
                  const char* encoding) {
  const auto decoded = [&] { return sound(decode(job.bytes(), job.header())); };
  count(decoding, decoded);

  const DecodedImage original = decoded();
  const Source source(original.pixels);
  const WorkspacePointer workspace = make_workspace();
  std::vector<cv::Mat> made(copies);
  const auto steps = job.steps(copies);
  count(running, [&] {
    for (std::uint32_t i = 0; i < copies; ++i)
      Program(steps[i], job.header().upright(), job.sampling()).run(source, *workspace).copyTo(made[i]);
  });

  Bytes out;
  count(encoding, [&] {
    for (const cv::Mat& pixels : made)
      check(encode(pixels, original.traits, {.format = job.header().format}, out));
  });
}

// What a copy costs beside its pixels.
void count_records(const SmallJob& job, std::uint32_t copies) {
  std::vector<Job> drawn(copies);
  count("draws", [&] {
    for (std::uint32_t i = 0; i < copies; ++i) drawn[i] = job.jobs().draw(job.copy(i + 1));
  });

  const Hash128 source = hash128(job.bytes());
  std::vector<Hash128> fingerprints(copies);
  count("fingerprints", [&] {
    for (std::uint32_t i = 0; i < copies; ++i) fingerprints[i] = job.jobs().fingerprint(drawn[i], source);
  });

  const RecordedMoments moments{.mean = {48512, 45600, 40601}, .std = {22913, 22400, 22517}, .channels = 3};
  std::vector<std::string> lines(copies);
  count("manifest lines", [&] {
    for (std::uint32_t i = 0; i < copies; ++i)
      lines[i] = manifest_text({.file_name = "class/a__x0001.jpg",
                                .label = "class",
                                .split = "train",
                                .source = job.sample().path,
                                .copy = i + 1,
                                .record = {31337, source, fingerprints[i], 512, 384, {}, moments},
                                .source_bytes = job.bytes().size(),
                                .source_hash = source,
                                .transforms = transforms_json(drawn[i].chain)});
  });

  for (std::string& line : lines) line.pop_back();
  count("manifest lines read", [&] {
    for (const std::string& line : lines)
      if (!parse_manifest_line(line)) throw std::runtime_error("not a line of a manifest");
  });
}

// A grey eight on black.
cv::Mat digit() {
  constexpr int kThickness = 2;
  cv::Mat pixels(28, 28, CV_8UC1, cv::Scalar::all(0));
  for (const cv::Point centre : {cv::Point(14, 9), cv::Point(14, 19)})
    cv::circle(pixels, centre, 5, cv::Scalar::all(255), kThickness, cv::LINE_AA);
  return pixels;
}

void count_all(const std::filesystem::path& recipes) {
  const SmallJob photograph(recipes / "k10.yaml", "a.jpg", test::picture({512, 384}, CV_8UC3), Format::kJpeg);
  count_planes(photograph, 4);
  count_pixels(photograph, 4, "JPEG to BGR", "programs on BGR", "BGR to JPEG");
  count_records(photograph, 200);
  const SmallJob small(recipes / "tiny.yaml", "a.png", digit(), Format::kPng);
  count_pixels(small, 100, "PNG to grey", "programs on grey", "grey to PNG");
}

}  // namespace
}  // namespace tenfold

int main(int argc, char** argv) try {
  if (argc != 2) throw std::runtime_error("usage: stages RECIPES");
  cv::setNumThreads(1);
  std::cout << tenfold::environment() << '\n';
  tenfold::count_all(argv[1]);
} catch (const std::exception& error) {
  std::cerr << "stages: " << error.what() << '\n';
  return 1;
}
