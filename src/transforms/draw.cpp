#include "tenfold/transforms/draw.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace tenfold {

// A fixed range uses up its number like any other, so that fixing one parameter leaves the next one's draws
// as they were.
double Draw::uniform(std::string_view name, const Range& range) {
  const double u = rng_.uniform();
  const double value = std::clamp(range.low + u * (range.high - range.low), range.low, range.high);
  record(name, value);
  return value;
}

double Draw::log_uniform(std::string_view name, const Range& range) {
  const double u = rng_.uniform();
  // Rounded to float: the C library has versions of pow for CPUs with and without FMA, and they differ in the
  // last bits, which would otherwise stand in the manifest.
  const auto drawn = static_cast<float>(range.low * std::pow(range.high / range.low, u));
  const double value = std::clamp(static_cast<double>(drawn), range.low, range.high);
  record(name, value);
  return value;
}

int Draw::integer(std::string_view name, int low, int high) {
  const double count = static_cast<double>(high) - low + 1;
  const int value =
      low + static_cast<int>(rng_.uniform() * count);  // u < 1, so the product stays below count
  record(name, static_cast<double>(value));
  return value;
}

int Draw::integer(std::string_view name, const Range& range) {
  return integer(name, static_cast<int>(std::ceil(range.low)), static_cast<int>(std::floor(range.high)));
}

bool Draw::chance(double p) {
  if (p >= 1) {
    rng_.bits();  // counted, but not worked out: most gates are always open
    return true;
  }
  return rng_.uniform() < p;
}

std::uint64_t Draw::noise_key() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const std::uint64_t key = rng_.bits();
  std::string digits;
  for (int shift = 60; shift >= 0; shift -= 4) digits += kDigits[(key >> shift) & 15];
  record("noise", std::move(digits));
  return key;
}

std::optional<Partner> Draw::partner(std::string_view name, bool any_class) {
  return write_down(name, context_->partner(rng_.bits(), any_class));
}

std::optional<Partner> Draw::reference(std::string_view name, const std::string& folder) {
  return write_down(name, context_->reference(folder, rng_.bits()));
}

std::optional<Partner> Draw::write_down(std::string_view name, std::optional<Partner> partner) {
  if (!partner) return std::nullopt;
  record(name, partner->path);
  partners_.push_back(
      {partner->path, partner->class_name, partner->hash, 0, partner->preparation, partner->other_class});
  return partner;
}

void Draw::set_share(double share) { partners_.back().share = share; }

const Statistics* Draw::statistics(StatisticsScope scope) {
  const Statistics* statistics = context_->statistics(scope);
  if (statistics != nullptr) record("statistics", hex(statistics->hash));
  return statistics;
}

const DrawContext& DrawContext::none() {
  static const DrawContext kNone;
  return kNone;
}

void Draw::record(std::string_view name, std::variant<double, bool, std::string> value) {
  const auto known = std::find_if(values_.begin(), values_.end(),
                                  [&](const DrawnValue& drawn) { return drawn.name == name; });
  if (known != values_.end())
    known->value = std::move(value);
  else
    values_.push_back({std::string(name), std::move(value)});
}

}  // namespace tenfold
