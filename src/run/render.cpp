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

  Outcome<void> encode(const EncoderSettings& settings, Bytes& out) {
    if (planes_) return encode_planes(*planes_, *traits_, settings.quality, out);
    if (!program_) return tenfold::encode(pixels_, *traits_, settings, out);
    const auto rows = [this](int plane, int first, cv::Mat& result) {
      program_->render(plane, first, result);
    };
    return encode_planes(program_->layout(), rows, *traits_, settings.quality, out);
  }

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
      const Outcome<void> encoded = rendered->encode(job.encoder, state.encoded);
      if (!encoded) return tl::unexpected(encoded.error());
      OutputRecord record = record_of(jobs.fingerprint(job, image.hash()), state.encoded, rendered->size());
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

// The source itself, or its blocks moved, where that is all that the job wants. The quality gate needs
// pixels.
std::optional<WholeFile> made_without_pixels(const Recipe& recipe, const SourceImage& image,
                                             const Sample& sample, const Job& job) {
  const cv::Size size = sample.header.upright();
  if (job.verbatim) return WholeFile{image.bytes(), size};
  if (!is_turned_losslessly(job, sample) || (recipe.accept && !job.only_turned)) return std::nullopt;
  if (!job.only_turned && (!image.planes() || !*image.planes())) return std::nullopt;  // CMYK becomes BGR
  const int turn = *turn_of(job.chain.steps, size);
  std::optional<Bytes> turned = turned_losslessly(image.bytes(), sample.header, turn);
  if (!turned) return std::nullopt;
  return WholeFile{std::move(*turned), turn >= 5 ? cv::Size(size.height, size.width) : size};
}

}  // namespace

OutputRecord record_of(const Hash128& fingerprint, std::span<const std::uint8_t> bytes, cv::Size size) {
  return {.bytes = bytes.size(),
          .hash = hash128(bytes),
          .fingerprint = fingerprint,
          .width = size.width,
          .height = size.height};
}

Outcome<OutputRecord> render(const Jobs& jobs, const SourceImage& image, const OutputId& output,
                             const Job& first, RenderState& state) {
  if (auto whole = made_without_pixels(jobs.recipe(), image, output.sample, first)) {
    state.encoded = std::move(whole->bytes);
    return record_of(jobs.fingerprint(first, image.hash()), state.encoded, whole->size);
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
