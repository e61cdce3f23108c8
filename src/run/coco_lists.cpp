#include "coco_lists.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <functional>
#include <map>
#include <span>
#include <utility>

#include "followed.h"
#include "interruption.h"
#include "outputs.h"
#include "tenfold/base/atomic_file.h"
#include "tenfold/base/file.h"
#include "tenfold/base/file_hash.h"

namespace tenfold {
namespace {

// Writes one list.
class CocoList {
 public:
  CocoList(const MakeContext& context, std::span<const SamplePlan* const> plans, AtomicFile& file)
      : context_(context), coco_(*context.annotations.coco()), plans_(plans), file_(file) {}

  // `rest` is what it says beside images and objects.
  void write(const std::string& rest) {
    file_.write(rest.substr(0, rest.size() - 1) + ",\n\"images\":[");
    write_entries([this](const SamplePlan& plan) { return images_of(plan); },
                  [](std::size_t image) { return std::to_string(image); });
    file_.write("\n],\n\"annotations\":[");
    std::size_t number = 0;
    write_entries([this](const SamplePlan& plan) { return objects_of(plan); },
                  [&number](std::size_t image) {
                    return std::to_string(++number) + ",\"image_id\":" + std::to_string(image);
                  });
    file_.write("\n]}\n");
  }

 private:
  using Entries = std::vector<std::vector<std::string>>;  // by image

  // Calls `use(output, name, record)` for each image of a sample that could be made.
  template <typename Use>
  void for_each_image(const SamplePlan& plan, Use&& use) const {
    for_each_output(context_.catalog, context_.names, plan,
                    [&](const OutputId& output, const std::string& name) {
                      if (!context_.ledger.failed().contains(name))
                        use(output, name, context_.ledger.output(name).value());
                    });
  }

  Entries images_of(const SamplePlan& plan) const {
    const CocoObjects objects = coco_.objects_of(context_.catalog.samples[plan.sample]);
    Entries entries;
    for_each_image(plan, [&](const OutputId&, const std::string& name, const OutputRecord& record) {
      entries.push_back(
          {objects.image_entry(std::string(coco_name_of(name)), {record.width, record.height})});
    });
    return entries;
  }

  Entries objects_of(const SamplePlan& plan) const {
    const CocoObjects objects = coco_.objects_of(context_.catalog.samples[plan.sample]);
    Entries entries;
    for_each_image(plan, [&](const OutputId& output, const std::string&, const OutputRecord& record) {
      entries.push_back(objects.followed(movement_of(context_.jobs, output, record)));
    });
    return entries;
  }

  // Some samples at a time, so that memory does not grow with the plan. `ids` makes up what an entry begins
  // with, for the number of its image.
  void write_entries(const std::function<Entries(const SamplePlan&)>& entries_of,
                     const std::function<std::string(std::size_t)>& ids) {
    constexpr std::size_t kSamplesAtATime = 256;
    std::size_t image = 0;
    bool is_first = true;
    for (std::size_t begin = 0; begin < plans_.size(); begin += kSamplesAtATime) {
      end_if_stopped(context_.options);
      const std::size_t end = std::min(begin + kSamplesAtATime, plans_.size());
      std::vector<Entries> entries(end - begin);
      tbb::parallel_for(begin, end, [&](std::size_t i) { entries[i - begin] = entries_of(*plans_[i]); });
      std::string text;
      for (const Entries& of_sample : entries)
        for (const std::vector<std::string>& of_image : of_sample) {
          ++image;
          for (const std::string& entry : of_image) {
            text += std::exchange(is_first, false) ? "\n{\"id\":" : ",\n{\"id\":";
            text.append(ids(image)).append(",").append(entry, 1);
          }
        }
      file_.write(text);
    }
  }

  const MakeContext& context_;
  const CocoFiles& coco_;
  const std::span<const SamplePlan* const> plans_;
  AtomicFile& file_;
};

}  // namespace

std::string_view coco_name_of(std::string_view image_name) {
  return image_name.substr(OutputNames::kImages.size());
}

std::string coco_list_of(const std::string& image_name, bool split_folders) {
  if (!split_folders) return "annotations.json";
  const std::string_view name = coco_name_of(image_name);
  return "annotations/" + std::string(name.substr(0, name.find('/'))) + ".json";
}

Outcome<bool> stands_in_list(const std::filesystem::path& list, const CocoObjects& objects,
                             const Movement& movement, std::string_view name) {
  const Outcome<Bytes> bytes = read_file(list);
  if (!bytes) return tl::unexpected(bytes.error());
  const auto file = parse_coco({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
  if (!file) return failure(Stage::kDecode, file.error());
  const auto image = std::ranges::find(file->images, name, &CocoImage::file_name);
  return image != file->images.end() && objects.are_followed_by(*image, movement);
}

Companions write_coco_lists(const MakeContext& context, const Plan& plan) {
  Companions companions;
  if (context.annotations.coco() == nullptr) return companions;
  std::map<std::string, std::vector<const SamplePlan*>> lists;
  for (const SamplePlan& of_sample : plan.samples)
    if (of_sample.jobs() > 0) {
      const OutputId first{context.catalog.samples[of_sample.sample], of_sample.class_index, 0,
                           of_sample.split};
      lists[coco_list_of(context.names.of(first), context.names.has_split_folders())].push_back(&of_sample);
    }
  std::vector<std::string> names;
  for (const auto& [name, plans] : lists) names.push_back(name);
  context.tree.begin_companions(names);
  for (const auto& [name, plans] : lists) {
    context.tree.create_folders_of(name);
    const std::filesystem::path path = context.tree.root() / name;
    AtomicFile file(path);
    CocoList(context, plans, file).write(context.annotations.coco()->rest_of(plans.front()->split));
    file.commit();
    companions[name] = {std::filesystem::file_size(path), *hash_of_file(path)};
  }
  return companions;
}

}  // namespace tenfold
