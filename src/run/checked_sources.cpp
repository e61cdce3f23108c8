#include "checked_sources.h"

#include <tbb/parallel_for.h>

#include "tenfold/base/file.h"
#include "tenfold/base/text.h"
#include "tenfold/dataset/sources.h"

namespace tenfold {

bool CheckedSources::note(const ManifestLine& line) {
  Source& source = sources_[line.source];
  const bool agrees =
      !source.bytes || (*source.bytes == line.source_bytes && source.hash == line.source_hash);
  if (!source.bytes) source = {line.source_bytes, line.source_hash};
  for (const ManifestPartner& partner : partners_of(line))
    sources_.try_emplace(partner.source, Source{{}, partner.hash});
  return agrees;
}

std::vector<Finding> CheckedSources::compare_with(const std::vector<std::filesystem::path>& inputs,
                                                  bool quick) const {
  const Sources dataset(inputs);
  const auto fault_of = [&](const std::string& name, const Source& source) -> std::string {
    const Outcome<Content> file = dataset.open(name);
    if (!file) return file.error().reason;
    if (source.bytes && file->size() != *source.bytes)
      return "has " + counted(file->size(), "byte") + " now and had " + grouped(*source.bytes);
    if (quick) return {};
    const Outcome<Bytes> bytes = file->read_all();
    if (!bytes) return bytes.error().reason;
    return hash128(*bytes) == source.hash ? "" : "has other bytes than it had";
  };
  const std::vector<std::pair<std::string, Source>> sources(sources_.begin(), sources_.end());
  std::vector<std::string> faults(sources.size());
  tbb::parallel_for(std::size_t{0}, sources.size(),
                    [&](std::size_t i) { faults[i] = fault_of(sources[i].first, sources[i].second); });
  std::vector<Finding> findings;
  for (std::size_t i = 0; i < sources.size(); ++i)
    if (!faults[i].empty())
      findings.push_back({FindingKind::kSource, sources[i].first,
                          "the source " + in_quotes(sources[i].first) + " " + faults[i]});
  return findings;
}

}  // namespace tenfold
