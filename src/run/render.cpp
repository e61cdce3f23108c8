#include "render.h"

#include <algorithm>
#include <cmath>
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

// What one attempt made, before it is encoded: lives in the workspace.
class Rendered {
 public:
  // Fails where the source is bad. The quality gate needs whole planes; else their rows are made when they
  // are encoded.
  static Outcome<Rendered> make(const Recipe& recipe, const SourceImage& image, const Sample& sample,
                                const Job& job, RenderState& state);

  cv::Size size() const { return program_ ? program_->layout().size : pixels_.size(); }

  // Why the quality gate turns it down.
  std::optional<std::string_view> refusal(const AcceptRecipe& accept) const {
    return tenfold::refusal(appearance_of(planes_ ? planes_->plane[0] : pixels_), *appearance_, accept);
  }

  // Returns the moments of what was encoded.
  Outcome<PixelMoments> encode(const EncoderSettings& settings, Bytes& out);

 private:
  template <typename Content>
  explicit Rendered(const DecodedSource<Content>& source)
      : traits_(&source.traits), appearance_(source.appearance ? &*source.appearance : nullptr) {}

  const SourceTraits* traits_;
  const Appearance* appearance_;  // of the source
  std::optional<PlaneProgram> program_;
  std::optional<Planes> planes_;
  cv::Mat pixels_;
};

Outcome<Rendered> Rendered::make(const Recipe& recipe, const SourceImage& image, const Sample& sample,
                                 const Job& job, RenderState& state) {
  if (wants_planes(job, sample)) {
    const Outcome<std::optional<PlanesSource>>& planes = image.planes();
    if (!planes) return tl::unexpected(planes.error());
    if (*planes && edges_agree(job.chain.steps, (*planes)->content, recipe.sampling)) {
      Rendered result(**planes);
      result.program_.emplace(job.chain.steps, (*planes)->content, recipe.sampling, state.workspace);
      if (recipe.accept) result.planes_ = result.program_->run();
      return result;
    }
  }
  const Outcome<PixelSource>& pixels = image.pixels();
  if (!pixels) return tl::unexpected(pixels.error());
  Rendered result(*pixels);
  const Program program(job.chain.steps, sample.header.upright(), recipe.sampling);
  result.pixels_ = program.run(pixels->content, *state.workspace.plane[0]);
  return result;
}

Outcome<PixelMoments> Rendered::encode(const EncoderSettings& settings, Bytes& out) {
  if (!program_) {
    const cv::Mat pixels = fitted(pixels_, settings.format);
    const Outcome<void> encoded = tenfold::encode(pixels, *traits_, settings, out);
    if (!encoded) return tl::unexpected(encoded.error());
    return moments_of(pixels);
  }
  PlaneSums sums(program_->layout());
  const auto rows = [&](int plane, int first, cv::Mat& result) {
    if (planes_)
      planes_->plane[static_cast<std::size_t>(plane)].rowRange(first, first + result.rows).copyTo(result);
    else
      program_->render(plane, first, result);
    sums.add(plane, first, result);
  };
  const Outcome<void> encoded = encode_planes(program_->layout(), rows, *traits_, settings.quality, out);
  if (!encoded) return tl::unexpected(encoded.error());
  return sums.moments();
}

Outcome<OutputRecord> render_attempts(const Jobs& jobs, const SourceImage& image, const OutputId& output,
                                      Job job, RenderState& state) {
  const Recipe& recipe = jobs.recipe();
  const std::uint32_t attempts = jobs.attempts(output);
  std::vector<std::string> refused;
  for (;;) {
    if (const auto small = refuse_large_frames(job, output, recipe.input.max_pixels); !small)
      return tl::unexpected(small.error());
    Outcome<Rendered> rendered = Rendered::make(recipe, image, output.sample, job, state);
    if (!rendered) return tl::unexpected(rendered.error());
    std::optional<std::string_view> why;
    if (attempts > 1) why = rendered->refusal(*recipe.accept);
    if (why) refused.emplace_back(*why);
    if (!why || job.attempt + 1 == attempts) {
      const Outcome<PixelMoments> moments = rendered->encode(job.encoder, state.encoded);
      if (!moments) return tl::unexpected(moments.error());
      OutputRecord record =
          record_of(jobs.fingerprint(job, image.hash()), state.encoded, rendered->size(), *moments);
      record.refused = std::move(refused);
      return record;
    }
    job = jobs.draw(output, job.attempt + 1);
  }
}

struct WholeFile {
  Bytes bytes;
  cv::Size size;
};

// The source itself, its file without metadata, or its blocks moved, where that is all that the job wants.
// The quality gate needs pixels.
std::optional<WholeFile> made_without_pixels(const Recipe& recipe, const SourceImage& image,
                                             const Sample& sample, const Job& job) {
  const cv::Size size = sample.header.upright();
  if (job.verbatim) return WholeFile{image.bytes(), size};
  if (job.repacked && sample.header.orientation == 1) {
    std::optional<Bytes> stripped = without_metadata(image.bytes(), sample.header.format);
    return stripped ? std::optional(WholeFile{std::move(*stripped), size}) : std::nullopt;
  }
  if (!is_turned_losslessly(job, sample) || (recipe.accept && !job.repacked)) return std::nullopt;
  if (!job.repacked && (!image.planes() || !*image.planes())) return std::nullopt;  // CMYK becomes BGR
  const int turn = *turn_of(job.chain.steps, size);
  std::optional<Bytes> turned = turned_losslessly(image.bytes(), sample.header, turn);
  if (!turned) return std::nullopt;
  return WholeFile{std::move(*turned), turn >= 5 ? cv::Size(size.height, size.width) : size};
}

RecordedMoments recorded(const PixelMoments& moments) {
  RecordedMoments result{.channels = static_cast<std::uint8_t>(moments.channels)};
  const auto units = [](double value) { return std::lround(value * RecordedMoments::kUnits); };
  std::ranges::transform(moments.mean, result.mean.begin(), units);
  std::ranges::transform(moments.std, result.std.begin(), units);
  return result;
}

}  // namespace

OutputRecord record_of(const Hash128& fingerprint, std::span<const std::uint8_t> bytes, cv::Size size,
                       const PixelMoments& moments) {
  return {.bytes = bytes.size(),
          .hash = hash128(bytes),
          .fingerprint = fingerprint,
          .width = size.width,
          .height = size.height,
          .moments = recorded(moments)};
}

Outcome<OutputRecord> render(const Jobs& jobs, const SourceImage& image, const OutputId& output,
                             const Job& first, RenderState& state) {
  if (auto whole = made_without_pixels(jobs.recipe(), image, output.sample, first)) {
    const Outcome<PixelMoments>& moments = image.moments();
    if (!moments) return tl::unexpected(moments.error());
    state.encoded = std::move(whole->bytes);
    return record_of(jobs.fingerprint(first, image.hash()), state.encoded, whole->size, *moments);
  }
  try {
    return render_attempts(jobs, image, output, first, state);
  } catch (const SampleUnusable& unusable) {
    return tl::unexpected(unusable.failure);
  } catch (const cv::Exception& error) {
    if (error.code == cv::Error::StsNoMem) throw std::bad_alloc();
    return failure(Stage::kTransform, error.err);
  }
}

}  // namespace tenfold
