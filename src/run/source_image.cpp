#include "source_image.h"

#include <utility>

namespace tenfold {

bool wants_planes(const Job& job, const Sample& sample) {
  return sample.header.format == Format::kJpeg && job.encoder.format == Format::kJpeg &&
         runs_on_planes(job.chain.steps);
}

bool is_turned_losslessly(const Job& job, const Sample& sample) {
  if (job.repacked) return sample.header.format == Format::kJpeg && sample.header.orientation != 1;
  return !job.verbatim && wants_planes(job, sample) && !job.encoder.quality &&
         turn_of(job.chain.steps, sample.header.upright()).has_value();
}

SourceImage::SourceImage(Bytes bytes, const Sample& sample, const Recipe& recipe)
    : bytes_(std::move(bytes)), hash_(hash128(bytes_)), sample_(sample), recipe_(recipe) {}

const Outcome<PixelSource>& SourceImage::pixels() const {
  std::call_once(pixels_made_, [this] { pixels_.emplace(decoded_pixels()); });
  return *pixels_;
}

const Outcome<std::optional<PlanesSource>>& SourceImage::planes() const {
  std::call_once(planes_made_, [this] { planes_.emplace(decoded_planes()); });
  return *planes_;
}

const Outcome<PixelMoments>& SourceImage::moments() const {
  std::call_once(moments_made_, [this] { moments_.emplace(summed_up()); });
  return *moments_;
}

Outcome<void> SourceImage::decode(bool planes) const {
  if (planes && sample_.header.format == Format::kJpeg) {
    const Outcome<std::optional<PlanesSource>>& decoded = this->planes();
    if (!decoded) return tl::unexpected(decoded.error());
    if (*decoded) return {};
  }
  const Outcome<PixelSource>& decoded = pixels();
  if (!decoded) return tl::unexpected(decoded.error());
  return {};
}

Outcome<PixelSource> SourceImage::decoded_pixels() const {
  Outcome<DecodedImage> decoded = tenfold::decode(bytes_, sample_.header);
  if (!decoded) return tl::unexpected(decoded.error());
  std::optional<Appearance> appearance;
  if (recipe_.accept) appearance = appearance_of(decoded->pixels);
  return PixelSource{Source(std::move(decoded->pixels)), std::move(decoded->traits), appearance};
}

Outcome<std::optional<PlanesSource>> SourceImage::decoded_planes() const {
  Outcome<std::optional<DecodedPlanes>> decoded = decode_planes(bytes_, sample_.header);
  if (!decoded) return tl::unexpected(decoded.error());
  if (!*decoded) return std::nullopt;
  const int orientation = sample_.header.orientation;
  std::optional<Appearance> appearance;
  if (recipe_.accept) appearance = appearance_of(turned_upright((*decoded)->planes.plane[0], orientation));
  return PlanesSource{PlaneSource((*decoded)->planes, orientation), std::move((*decoded)->traits),
                      appearance};
}

Outcome<PixelMoments> SourceImage::summed_up() const {
  if (sample_.header.format == Format::kJpeg) {
    const Outcome<std::optional<PlanesSource>>& decoded = planes();
    if (!decoded) return tl::unexpected(decoded.error());
    if (*decoded) {
      const PlaneSource& source = (*decoded)->content;
      const int count = static_cast<int>(source.planes().size());
      PlaneSums sums({source.stored(), count, source.sampling()});
      for (int i = 0; i < count; ++i) sums.add(i, 0, source.planes()[static_cast<std::size_t>(i)].pixels());
      return sums.moments();
    }
  }
  const Outcome<PixelSource>& decoded = pixels();
  if (!decoded) return tl::unexpected(decoded.error());
  return moments_of(decoded->content.pixels());
}

}  // namespace tenfold
