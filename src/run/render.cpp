#include "render.h"

#include <new>

#include "tenfold/base/text.h"

namespace tenfold {
namespace {

Outcome<void> refuse_large_frames(const Job& job, const OutputId& output, std::uint64_t max_pixels) {
  const std::uint64_t largest = largest_frame(job.chain.steps, output.sample.header.upright());
  if (largest <= max_pixels) return {};
  return failure(Stage::kTransform, "would have " + grouped(largest) +
                                        " pixels, more than input.max_pixels " + grouped(max_pixels));
}

Outcome<OutputRecord> render_pixels(const Jobs& jobs, const SourceImage& image, const OutputId& output,
                                    Job job, RenderState& state) {
  const Recipe& recipe = jobs.recipe();
  const std::uint32_t attempts = jobs.attempts(output);
  std::vector<std::string> refused;
  for (;;) {
    if (const auto small = refuse_large_frames(job, output, recipe.input.max_pixels); !small)
      return tl::unexpected(small.error());
    const Program program(job.chain.steps, output.sample.header.upright(), recipe.sampling);
    const cv::Mat& pixels = program.run(*image.pixels, *state.workspace);
    std::optional<std::string_view> why;
    if (attempts > 1) why = refusal(appearance_of(pixels), *image.appearance, *recipe.accept);
    if (why) refused.emplace_back(*why);
    if (!why || job.attempt + 1 == attempts) {
      const Outcome<void> encoded = encode(pixels, image.traits, job.encoder, state.encoded);
      if (!encoded) return tl::unexpected(encoded.error());
      OutputRecord record = record_of(jobs.fingerprint(job, image.hash), state.encoded, pixels.size());
      record.refused = std::move(refused);
      return record;
    }
    job = jobs.draw(output, job.attempt + 1);
  }
}

}  // namespace

OutputRecord record_of(const Hash128& fingerprint, std::span<const std::uint8_t> bytes, cv::Size size) {
  return {.bytes = bytes.size(),
          .hash = hash128(bytes),
          .fingerprint = fingerprint,
          .width = size.width,
          .height = size.height};
}

Outcome<void> decode_into(SourceImage& image, const Sample& sample, const Recipe& recipe) {
  Outcome<DecodedImage> decoded = decode(image.bytes, sample.header);
  if (!decoded) return tl::unexpected(decoded.error());
  image.traits = std::move(decoded->traits);
  if (recipe.accept) image.appearance = appearance_of(decoded->pixels);
  image.pixels.emplace(std::move(decoded->pixels));
  return {};
}

Outcome<OutputRecord> render(const Jobs& jobs, const SourceImage& image, const OutputId& output,
                             const Job& first, RenderState& state) {
  const ImageHeader& header = output.sample.header;
  std::optional<Bytes> whole;
  if (first.verbatim) whole = image.bytes;
  if (first.only_turned) whole = turned_upright_losslessly(image.bytes, header);
  if (whole) {
    state.encoded = std::move(*whole);
    return record_of(jobs.fingerprint(first, image.hash), state.encoded, header.upright());
  }
  try {
    return render_pixels(jobs, image, output, first, state);
  } catch (const SampleUnusable& unusable) {
    return tl::unexpected(unusable.failure);
  } catch (const cv::Exception& error) {
    if (error.code == cv::Error::StsNoMem) throw std::bad_alloc();
    return failure(Stage::kTransform, error.err);
  }
}

}  // namespace tenfold
