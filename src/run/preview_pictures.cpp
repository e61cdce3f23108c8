#include "preview_pictures.h"

#include <algorithm>
#include <optional>

#include "render.h"
#include "tenfold/dataset/source_file.h"

namespace tenfold {
namespace {

Outcome<cv::Mat> decoded_again(const Bytes& bytes) {
  const Outcome<ImageHeader> header = read_header(bytes);
  if (!header) return tl::unexpected(header.error());
  Outcome<DecodedImage> image = decode(bytes, *header);
  if (!image) return tl::unexpected(image.error());
  return std::move(image->pixels);
}

// Makes images of one sample. Keeps references.
class Maker {
 public:
  Maker(const Catalog& catalog, const Sample& sample, const PreviewOptions& options)
      : catalog_(catalog), sample_(sample), options_(options) {}

  // Reads and decodes the sample; fails where it is bad.
  Outcome<void> load(const Jobs& jobs) {
    Outcome<Bytes> bytes = read_source(catalog_, sample_);
    if (!bytes) return tl::unexpected(bytes.error());
    image_.emplace(std::move(*bytes), sample_, jobs.recipe());
    return image_->decode(wants_planes(jobs.draw({sample_, sample_.class_index, 0}), sample_));
  }

  // REQUIRES load().
  PreviewedImage image_of(const Jobs& jobs, const OutputId& output) {
    PreviewedImage result{.copy = output.copy};
    Job job = jobs.draw(output);
    const Outcome<OutputRecord> made = render(jobs, *image_, output, job, state_);
    const Outcome<cv::Mat> pixels =
        made ? decoded_again(state_.encoded) : Outcome<cv::Mat>(tl::unexpected(made.error()));
    if (made && !made->refused.empty()) {  // the attempt that the quality gate took, or kept
      const auto attempt = std::min<std::size_t>(made->refused.size(), jobs.attempts(output) - 1);
      job = jobs.draw(output, static_cast<std::uint32_t>(attempt));
    }
    result.transforms = std::move(job.chain.transforms);
    if (!pixels) {
      result.fault = pixels.error().reason;
      return result;
    }
    result.size = pixels->size();
    result.pixels = options_.keep(*pixels);
    return result;
  }

 private:
  const Catalog& catalog_;
  const Sample& sample_;
  const PreviewOptions& options_;
  std::optional<SourceImage> image_;
  RenderState state_;
};

// The transforms of a chain, those in combinators too, in the order in which they are written.
void collect_transforms(const Chain& chain, std::vector<Element>& transforms) {
  for (const Element& element : chain) {
    if (element.kind == ElementKind::kTransform) transforms.push_back(element);
    collect_transforms(element.children, transforms);
  }
}

// With nothing in `augment` but the one, which happens always and in its whole range.
Recipe with_this_alone(const Recipe& recipe, Element element) {
  Recipe alone = recipe;
  element.p = 1;
  alone.augment = {std::move(element)};
  alone.classes.clear();
  alone.relabel.clear();
  alone.accept.reset();
  alone.grow_with_copy.reset();
  alone.expand.draws = DrawMode::kStratified;
  return alone;
}

// What was drawn for the element, which comes last: behind those of `prepare`.
std::vector<DrawnValue> values_of(const PreviewedImage& image, const Element& element) {
  const bool fired = !image.transforms.empty() && image.transforms.back().spec == element.transform.spec;
  return fired ? image.transforms.back().values : std::vector<DrawnValue>();
}

// The first number that was drawn from a range; 0 where none was.
double first_number(const PreviewedImage& image, const Element& element) {
  for (const DrawnValue& drawn : values_of(image, element)) {
    const auto value = element.values.find(drawn.name);
    const Range* range = value != element.values.end() ? std::get_if<Range>(&value->second) : nullptr;
    const double* number = std::get_if<double>(&drawn.value);
    if (range != nullptr && !range->is_fixed() && number != nullptr) return *number;
  }
  return 0;
}

// Whether nothing differs between the draws, so that one shows them all.
bool all_are_alike(const std::vector<PreviewedImage>& images, const Element& element) {
  return std::all_of(images.begin() + 1, images.end(), [&](const PreviewedImage& image) {
    return values_of(image, element) == values_of(images[1], element);
  });
}

}  // namespace

Outcome<std::vector<PreviewedSample>> PreviewPictures::copies_of(const SamplePlan& plan,
                                                                 std::uint32_t copies) const {
  const Sample& sample = catalog_.samples[plan.sample];
  const Jobs jobs(recipe_, catalog_, materials_);
  Maker maker(catalog_, sample, options_);
  if (const Outcome<void> loaded = maker.load(jobs); !loaded) return tl::unexpected(loaded.error());
  PreviewedSample result{
      .class_name = catalog_.classes[plan.class_index], .path = sample.path, .copies = plan.copies};
  for (std::uint32_t copy = 0; copy <= std::min(copies, plan.copies); ++copy) {
    // A sample that is turned into another class has no original there: its own is shown.
    const OutputId output{sample, copy == 0 ? sample.class_index : plan.class_index, copy, plan.split};
    result.images.push_back(maker.image_of(jobs, output));
    result.images.back().name = names_.of(output);
  }
  return std::vector{std::move(result)};
}

Outcome<std::vector<PreviewedSample>> PreviewPictures::transforms_of(const SamplePlan& plan,
                                                                     std::uint32_t draws) const {
  const Sample& sample = catalog_.samples[plan.sample];
  const std::string& class_name = catalog_.classes[plan.class_index];
  std::vector<Element> elements;
  collect_transforms(recipe_.augment_of(class_name), elements);
  std::vector<PreviewedSample> rows;
  for (const Element& element : elements) {
    const Recipe alone = with_this_alone(recipe_, element);
    const Jobs jobs(alone, catalog_, materials_);
    Maker maker(catalog_, sample, options_);
    if (const Outcome<void> loaded = maker.load(jobs); !loaded) return tl::unexpected(loaded.error());
    PreviewedSample row{
        .class_name = class_name, .path = sample.path, .copies = plan.copies, .element = element};
    for (std::uint32_t copy = 0; copy <= draws; ++copy)
      row.images.push_back(maker.image_of(jobs, {sample, plan.class_index, copy, plan.split}));
    std::stable_sort(row.images.begin() + 1, row.images.end(), [&](const auto& a, const auto& b) {
      return first_number(a, element) < first_number(b, element);
    });
    if (all_are_alike(row.images, element)) row.images.resize(std::min<std::size_t>(row.images.size(), 2));
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace tenfold
