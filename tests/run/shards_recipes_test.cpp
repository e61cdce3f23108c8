// Shards of recipes whose images depend on each other, or have something beside them.

#include <gmock/gmock.h>

#include <set>

#include "run/shards_fixture.h"

namespace tenfold {
namespace {

namespace fs = std::filesystem;
using test::differences;
using test::kShards;
using test::tree_of;
using test::write_text;
using ::testing::SizeIs;

class ShardsOfRecipes : public test::ShardsTest {};

TEST_F(ShardsOfRecipes, OfADatasetWithSplitsBecomeTheTreeOfOneRun) {
  recipe_.input.split = SplitRecipe{.val = 0.2, .test = 0.2};
  truncate("cat/3.jpg");
  expect_the_tree_of_one_run_without_the_dataset();
}

TEST_F(ShardsOfRecipes, ThatMixImagesBecomeTheTreeOfOneRun) {
  recipe_.augment = test::chain_of("mixup");
  truncate("cat/3.jpg");
  expect_the_tree_of_one_run_without_the_dataset();
}

TEST_F(ShardsOfRecipes, ThatUseStatisticsBecomeTheTreeOfOneRun) {
  recipe_.augment = test::chain_of("fancy_pca");
  truncate("cat/3.jpg");
  const auto clean = clean_tree();
  run_shards(output());
  merge_now();
  EXPECT_THAT(differences(tree_of(output()), clean), ::testing::IsEmpty());
}

TEST_F(ShardsOfRecipes, OfOtherLayoutsBecomeTheTreeOfOneRun) {
  for (const OutputLayout layout :
       {OutputLayout::kHuggingface, OutputLayout::kFlatCsv, OutputLayout::kWebdataset}) {
    recipe_.output.layout = layout;
    recipe_.output.shard.count = 8;
    fs::remove_all(output());
    expect_the_tree_of_one_run_without_the_dataset();
  }
}

TEST_F(ShardsOfRecipes, WithMasksAndBoxesBecomeTheTreeOfOneRun) {
  const Bytes bytes = test::encoded(cv::Mat(32, 48, CV_8UC1, cv::Scalar(7)), Format::kPng);
  for (const auto& [name, content] : tree_of(input())) {
    const std::string path = fs::path(name).replace_extension().string();
    write_text(folder_ / "masks" / (path + ".png"), {bytes.begin(), bytes.end()});
    write_text(folder_ / "labels" / (path + ".txt"), "1 0.5 0.5 0.5 0.5\n");
  }
  recipe_.input.annotations.masks = "../masks/{path}.png";
  recipe_.input.annotations.boxes = BoxesRecipe{.files = "../labels/{path}.txt"};
  expect_the_tree_of_one_run_without_the_dataset();
}

TEST_F(ShardsOfRecipes, ThatLinkTheirOriginalsBecomeTheTreeOfOneRun) {
  recipe_.output.originals = Originals::kSymlink;
  clean_tree();
  const auto links_in = [](const fs::path& root) {
    std::set<std::pair<std::string, std::string>> links;
    for (const auto& entry : fs::recursive_directory_iterator(root))
      if (entry.is_symlink())
        links.emplace(entry.path().lexically_relative(root), fs::read_symlink(entry.path()));
    return links;
  };
  fs::create_directories(folder_ / "deeper");
  run_shard(1, folder_ / "deeper/one");
  run_shard(2, output());
  run_shard(3, output());
  EXPECT_EQ(merge_now({folder_ / "deeper/one"}).made, 0u);
  EXPECT_THAT(links_in(output()), SizeIs(10));
  EXPECT_EQ(links_in(output()), links_in(folder_ / "clean"));
  EXPECT_THAT(differences(tree_of(output()), tree_of(folder_ / "clean")), ::testing::IsEmpty());
}

}  // namespace
}  // namespace tenfold
